// Without a network between them a class's records reach the teacher as a sealed file, and nobody else.
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accept, expectStage, inviteClass, makeTeacher } from "../support/invitations";
import { makeClass, record, tab } from "../support/monitor";
import { untilOffline } from "../support/precache";
import { STUDENTS } from "../support/roster";
import { School, test, expect } from "../support/school";

const CLASS = "软件2101班（示例）";

test("a class hands in by file: sealed, opened by its teacher alone, and not counted twice", async ({ school, device }) => {
  test.setTimeout(300_000);
  const { app } = school;
  const teacher = await makeTeacher(school, device);
  const link = await inviteClass(teacher, CLASS);
  await teacher.goto(`${app.url}/overview`);
  await expect(teacher.getByText("还没有班级")).toBeVisible();
  const elsewhere = await School.found();
  const stranger = await makeTeacher(elsewhere, device);
  await stranger.goto(`${elsewhere.app.url}/overview`);
  await expect(stranger.getByText("还没有班级")).toBeVisible();
  const monitor = await device(app.url);
  for (const page of [teacher, stranger, monitor]) await untilOffline(page);
  await teacher.waitForFunction(() => caches.match("/wuzha-shelf_bg.wasm"));
  await app.stop();

  const file = await test.step("the monitor, who never had a network since, saves all records as a file", async () => {
    await makeClass(monitor);
    await record(monitor, STUDENTS[0].name, "已注册");
    await monitor.goto(link);
    await accept(monitor);
    await expectStage(monitor, "已送达", 0);
    const arrives = monitor.waitForEvent("download");
    await monitor.getByRole("button", { name: "存成上交文件" }).click();
    const download = await arrives;
    expect(download.suggestedFilename()).toMatch(/^软件2101班（示例）_上交_\d{4}-\d\d-\d\d\.wzb$/);
    const path = join(mkdtempSync(join(tmpdir(), "wuzha-handover-")), "上交.wzb");
    await download.saveAs(path);
    return path;
  });

  await test.step("nothing can be read in it", () => {
    const bytes = readFileSync(file);
    for (const { name, no } of STUDENTS) {
      for (const text of [name, no]) expect(bytes.includes(text), text).toBe(false);
    }
  });

  await test.step("the teacher opens it, twice, and has the class once", async () => {
    const choose = teacher.getByLabel("导入班级文件");
    await choose.setInputFiles(file);
    await expect(teacher.getByText("已更新 1 个班")).toBeVisible();
    await choose.setInputFiles(file);
    await expect(teacher.getByText("另有 1 份没有新内容")).toBeVisible();
    await expect(teacher.getByText("共 1 个班")).toBeVisible();
    await expect(teacher.getByRole("row").filter({ hasText: CLASS })).toContainText("1/45");
  });

  await test.step("another teacher cannot open it, and is told so", async () => {
    await stranger.getByLabel("导入班级文件").setInputFiles(file);
    await expect(stranger.getByRole("alert")).toContainText("打不开：是给另一位老师或另一所学校的");
    await expect(stranger.getByText("还没有班级")).toBeVisible();
    await elsewhere.close();
  });

  await test.step("when there is a network it is handed in as ever, and is the same class", async () => {
    await app.start();
    await tab(monitor, "上交");
    await monitor.getByRole("button", { name: "现在上交" }).click();
    await expect(monitor.getByText("全部记录都已送达学校。")).toBeVisible();
    await teacher.getByRole("button", { name: "打开新上交的" }).click();
    await expect(teacher.getByText(/另有 1 份没有新内容|没有新的内容|已更新 1 个班/).last()).toBeVisible();
    await expect(teacher.getByText("共 1 个班")).toBeVisible();
  });
});
