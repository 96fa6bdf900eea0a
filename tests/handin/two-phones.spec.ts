// Two phones of one class: each sees what the other recorded, and the teacher has both.
import type { Page } from "@playwright/test";
import { ledgersOf } from "../support/desk";
import { accept, expectStage, handInAll, inviteClass, invitePhone, makeTeacher } from "../support/invitations";
import { pasteRoster, record, tab } from "../support/monitor";
import { untilOffline } from "../support/precache";
import { STUDENTS } from "../support/roster";
import { test, expect } from "../support/school";

const CLASS = "软件2101班（示例）";
const [ONE, OTHER, BOTH] = STUDENTS;

/** In 登记, the line of a student says this. */
async function expectRecorded(page: Page, name: string, status: string): Promise<void> {
  await tab(page, "登记");
  await expect(page.getByRole("button", { name: new RegExp(name) })).toContainText(status);
}

test("two phones record offline; each sees the other's records, and the teacher both", async ({ school, device }) => {
  test.setTimeout(400_000);
  const { app } = school;
  const teacher = await makeTeacher(school, device);
  const toFirst = await inviteClass(teacher, CLASS);

  const monitor = await device(toFirst);
  await test.step("the first phone accepts, finds its class named, and hands the class list in", async () => {
    await accept(monitor);
    await expect(monitor.getByLabel("班级名")).toHaveValue(CLASS);
    await monitor.getByRole("button", { name: /下一步/ }).click();
    await pasteRoster(monitor);
    await tab(monitor, "上交");
    await handInAll(monitor);
  });
  await test.step("the teacher, who touches nothing, sees it", async () => {
    // Well before it would be asked for without the server's stream.
    await expect(teacher.getByRole("link", { name: /软件2101班.*\d 份未打开/ })).toBeVisible({ timeout: 15_000 });
  });

  const deputy = await device(await invitePhone(teacher, CLASS));
  await test.step("the second phone accepts, and the class is there", async () => {
    await accept(deputy);
    await expect(deputy.getByLabel("班级名")).toHaveValue(CLASS);
    await expect(deputy.getByLabel("记录人")).toHaveValue("");
    await deputy.getByLabel("记录人").fill("副班长");
    await deputy.getByRole("button", { name: "保存" }).click();
    await expectRecorded(deputy, STUDENTS[44].name, "未登记");
  });

  await test.step("without a server both record, once the same thing differently", async () => {
    for (const page of [monitor, deputy]) await untilOffline(page);
    await app.stop();
    await record(monitor, ONE.name, "已注册");
    await record(deputy, OTHER.name, "已安装未注册");
    await record(monitor, BOTH.name, "已注册");
    await record(deputy, BOTH.name, "本人不同意");
  });

  await test.step("with the server back each gets what the other recorded", async () => {
    await app.start();
    for (const page of [monitor, deputy, monitor]) {
      await tab(page, "上交");
      await handInAll(page);
    }
    await expect(monitor.getByText(/另有 \d+ 条由班里其他手机上交/)).toBeVisible();
    for (const page of [monitor, deputy]) {
      await expectRecorded(page, ONE.name, "已注册");
      await expectRecorded(page, OTHER.name, "已安装未注册");
    }
  });

  await test.step("what they recorded differently is shown to both, and settled by one", async () => {
    for (const page of [monitor, deputy]) {
      await tab(page, "今日");
      await page.getByRole("link", { name: /冲突/ }).click();
      await expect(page.getByRole("heading", { name: new RegExp(BOTH.name) })).toBeVisible();
      for (const status of ["已注册", "本人不同意"]) await expect(page.getByRole("button", { name: status })).toBeVisible();
      await page.getByRole("link", { name: "返回" }).click();
    }
    await monitor.getByRole("link", { name: /冲突/ }).click();
    await monitor.getByRole("button", { name: /本人不同意/ }).click();
    await expect(monitor.getByText("没有冲突")).toBeVisible();
    await monitor.getByRole("link", { name: "返回" }).click();
    for (const page of [monitor, deputy]) {
      await tab(page, "上交");
      await handInAll(page);
    }
    await tab(deputy, "今日");
    await expect(deputy.getByRole("link", { name: /冲突/ })).toBeHidden();
    for (const page of [monitor, deputy]) await expectRecorded(page, BOTH.name, "本人不同意");
  });

  await test.step("the teacher's ledger holds what both recorded", async () => {
    const { rows } = (await ledgersOf(teacher, CLASS))["学生台账"];
    for (const [{ name }, status] of [[ONE, "已注册"], [OTHER, "已安装未注册"], [BOTH, "本人不同意"]] as const) {
      expect(rows.find((row) => row.includes(name)), name).toContain(status);
    }
  });

  await test.step("both phones are told: 已查收", async () => {
    for (const page of [monitor, deputy]) {
      await tab(page, "上交");
      await page.getByRole("button", { name: "现在上交" }).click();
      await expectStage(page, "已查收", /^[1-9]\d*$/);
      await expectStage(page, "已送达", 0);
    }
  });
});
