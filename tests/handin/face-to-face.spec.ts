// From a class's phone to a teacher's desk by codes on a screen and a camera, with no network between them.
import type { Page } from "@playwright/test";
import { Sight } from "../support/camera";
import { accept, expectStage, makeTeacher, shownLink } from "../support/invitations";
import { makeClass, record, tab } from "../support/monitor";
import { expectReadable } from "../support/pictures";
import { untilOffline } from "../support/precache";
import { STUDENTS } from "../support/roster";
import { test, expect } from "../support/school";

const CLASS = "软件2101班（示例）";
const PASSPHRASE = "示例口令一二三四";

/** Different codes from a phone's screen, as many as a steady hand would see of more than are needed. */
async function codesOn(phone: Page): Promise<Buffer[]> {
  const size = await phone.getByText(/至少 \d+ 个码/).textContent();
  const wanted = 2 * Number(size!.match(/至少 (\d+) 个码/)![1]) + 10;
  const codes = new Map<string, Buffer>();
  while (codes.size < wanted) {
    const code = await phone.getByRole("img", { name: /面对面传的码/ }).screenshot();
    codes.set(code.toString("base64"), code);
  }
  return [...codes.values()];
}

/** Every fourth is not seen. */
function withLosses(codes: Buffer[]): Buffer[] {
  return codes.filter((_, at) => at % 4 !== 1);
}

test("a class goes from a phone's screen into 总览, sealed, with no network and with codes missed", async ({ school, device }) => {
  test.setTimeout(600_000);
  const { app } = school;
  const sight = await Sight.launch();
  const teacher = await makeTeacher(school, sight.open);
  await teacher.getByLabel("班级名").fill(CLASS);
  await teacher.getByRole("button", { name: "生成邀请码" }).click();
  const invitation = await teacher.getByRole("img", { name: /的邀请码$/ }).screenshot();
  const link = await shownLink(teacher);
  await teacher.goto(`${app.url}/overview`);
  await expect(teacher.getByText("还没有班级")).toBeVisible();
  const monitor = await device(app.url);
  for (const page of [teacher, monitor]) await untilOffline(page);
  await teacher.waitForFunction(() => caches.match("/wuzha-shelf_bg.wasm"));
  await app.stop();

  const codes = await test.step("the phone shows its records as codes, until it is told to stop", async () => {
    await makeClass(monitor);
    await record(monitor, STUDENTS[0].name, "已注册");
    await monitor.goto(link);
    await accept(monitor);
    await expectStage(monitor, "已送达", 0);
    await monitor.getByRole("button", { name: "面对面传" }).click();
    const code = monitor.getByRole("img", { name: /面对面传的码/ });
    await expect(code).toBeVisible();
    await expectReadable(monitor, "show-codes", "zh-CN");
    const seen = await codesOn(monitor);
    await monitor.getByRole("button", { name: "暂停" }).click();
    const paused = await code.screenshot();
    expect(await code.screenshot()).toEqual(paused);
    await monitor.getByRole("button", { name: "继续" }).click();
    await expect.poll(async () => (await code.screenshot()).equals(paused)).toBe(false);
    await monitor.getByRole("button", { name: "完成" }).click();
    await expect(code).toHaveCount(0);
    await expect(monitor.getByRole("button", { name: "存成上交文件" })).toBeVisible();
    return seen;
  });

  await test.step("another code than these is refused with what to do", async () => {
    await sight.sees([invitation]);
    await teacher.getByRole("button", { name: "扫码接收" }).click();
    await expect(teacher.getByRole("alert")).toContainText("这不是面对面传的码");
    await expectReadable(teacher, "scan-codes", "zh-CN");
    await teacher.getByRole("button", { name: "取消" }).click();
  });

  await test.step("the teacher's camera misses every fourth, and has the class all the same", async () => {
    await sight.sees(withLosses(codes));
    await teacher.getByRole("button", { name: "扫码接收" }).click();
    await expect(teacher.getByRole("progressbar", { name: "接收进度" })).toBeVisible();
    await expect(teacher.getByText("已更新 1 个班")).toBeVisible({ timeout: 120_000 });
    await expectReadable(teacher, "scanned", "zh-CN");
  });

  await test.step("the same once more is not counted twice, and the class is in 总览 with its figures", async () => {
    await teacher.getByRole("button", { name: "接着扫下一个班" }).click();
    await expect(teacher.getByText("另有 1 份没有新内容")).toBeVisible({ timeout: 120_000 });
    await teacher.getByRole("button", { name: "完成" }).click();
    await expect(teacher.getByText("共 1 个班")).toBeVisible();
    await expect(teacher.getByRole("row").filter({ hasText: CLASS })).toContainText("1/45");
  });
  // All of it while the server was gone.
  await expect(fetch(app.url)).rejects.toThrow();
  await sight.close();
});

test("a phone that nobody invited shows a backup, which the passphrase opens at the desk", async ({ page, app }) => {
  test.setTimeout(300_000);
  await page.goto(app.url);
  await makeClass(page);
  await record(page, STUDENTS[0].name, "已注册");
  await tab(page, "上交");
  await expect(page.getByRole("button", { name: "面对面传" })).toBeDisabled();
  await page.getByLabel("口令").fill(PASSPHRASE);
  await page.getByRole("button", { name: "面对面传" }).click();
  await expect(page.getByText("再把口令当面告诉老师。")).toBeVisible();
  const codes = await codesOn(page);
  await page.getByRole("button", { name: "完成" }).click();
  // What was shown may have reached nobody.
  await expect(page.getByText("还没有备份过")).toBeVisible();

  const sight = await Sight.launch();
  await sight.sees(withLosses(codes));
  const teacher = await sight.open(`${app.url}/overview`);
  await teacher.getByRole("button", { name: "扫码接收" }).click();
  const passphrase = teacher.getByLabel("口令");
  await expect(passphrase).toBeVisible({ timeout: 120_000 });
  await passphrase.fill("另外一个口令示例");
  await teacher.getByRole("button", { name: "打开", exact: true }).click();
  await expect(teacher.getByText("口令不对")).toBeVisible();
  await passphrase.fill(PASSPHRASE);
  await teacher.getByRole("button", { name: "打开", exact: true }).click();
  await expect(teacher.getByText("已更新 1 个班")).toBeVisible();
  await teacher.getByRole("button", { name: "完成" }).click();
  await expect(teacher.getByRole("row").filter({ hasText: CLASS })).toContainText("1/45");
  await sight.close();
});

test("without a camera the way by a file is left", async ({ page, app }) => {
  await page.goto(`${app.url}/overview`);
  await page.getByRole("button", { name: "扫码接收" }).click();
  await expect(page.getByText(/没有相机权限|现在用不了相机/)).toBeVisible();
  await page.getByRole("button", { name: "取消" }).click();
  await expect(page.getByLabel("导入班级文件")).toBeAttached();
});
