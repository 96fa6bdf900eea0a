// From the security office's link to a teacher's ledger: a class's records, handed in sealed.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { accept, shownLink } from "../support/invitations";
import { tab, makeClass, untilSaved } from "../support/monitor";
import { openedByOpenpyxl } from "../support/office";
import { Phone } from "../support/phone";
import { untilOffline } from "../support/precache";
import { STUDENTS } from "../support/roster";
import { test, expect } from "../support/school";

const CLASS = "软件2101班（示例）";

/** How many records are how far, in the words of the screen. */
async function expectStage(page: Page, stage: "仅本机" | "待上交" | "已送达" | "已查收", count: number | RegExp): Promise<void> {
  const row = page.locator(".stage").filter({ hasText: stage });
  await expect(row.locator("dd")).toHaveText(count instanceof RegExp ? count : String(count));
}

test("records made without a network arrive sealed, are opened, and the class is told", async ({ school }) => {
  test.setTimeout(300_000);
  const { app } = school;
  const office = new Phone();
  const desk = new Phone();
  const phone = new Phone();

  const officePage = await office.open(school.invitation);
  const toTeacher = await test.step("the office opens its link and invites a teacher", async () => {
    await expect(officePage).toHaveURL(`${app.url}/join`);
    await accept(officePage);
    await officePage.getByRole("button", { name: "邀请一位老师" }).click();
    return shownLink(officePage);
  });
  const teacher = await desk.open(toTeacher);
  const link = await test.step("the teacher opens it and invites a class", async () => {
    await accept(teacher);
    await expect(teacher).toHaveURL(`${app.url}/desk`);
    await teacher.getByLabel("班级名").fill(CLASS);
    await teacher.getByRole("button", { name: "生成邀请码" }).click();
    return shownLink(teacher);
  });

  const monitor = await phone.open(app.url);
  await test.step("a class is made and recorded, and its invitation accepted, without a server", async () => {
    await untilOffline(monitor);
    await app.stop();
    await makeClass(monitor);
    await monitor.goto(link);
    await accept(monitor);
    await expect(monitor).toHaveURL(`${app.url}/handin`);
    await expect(monitor.getByText("还没有连上学校服务器")).toBeVisible();
    await expectStage(monitor, "已送达", 0);
    await expectStage(monitor, "待上交", /^[1-9]\d*$/);
  });

  await test.step("with the server back everything is delivered", async () => {
    await app.start();
    await monitor.getByRole("button", { name: "现在上交" }).click();
    await expect(monitor.getByText("全部记录都已送达学校。")).toBeVisible();
    await expectStage(monitor, "仅本机", 0);
    await expectStage(monitor, "待上交", 0);
  });

  await test.step("the teacher sees it, opens it, and has the ledger", async () => {
    await teacher.getByRole("button", { name: "刷新" }).click();
    await teacher.getByRole("link", { name: new RegExp("软件2101班.*1 份未打开") }).click();
    await expect(teacher.locator(".stage").filter({ hasText: "学生" }).locator("dd")).toHaveText("45");
    const arrives = teacher.waitForEvent("download");
    await teacher.getByRole("button", { name: "导出 Excel 台账" }).click();
    const file = await arrives;
    const path = join(mkdtempSync(join(tmpdir(), "wuzha-desk-")), file.suggestedFilename());
    await file.saveAs(path);
    const names = openedByOpenpyxl(path)["学生台账"].rows.flat();
    for (const { name } of STUDENTS) expect(names).toContain(name);
  });

  await test.step("the class is told: 已查收", async () => {
    await monitor.getByRole("button", { name: "现在上交" }).click();
    await expectStage(monitor, "已查收", /^[1-9]\d*$/);
    await expectStage(monitor, "已送达", 0);
  });

  await test.step("what is recorded later follows by itself", async () => {
    await tab(monitor, "登记");
    await monitor.getByRole("button", { name: new RegExp(STUDENTS[0].name) }).click();
    await monitor.getByRole("dialog").getByRole("button", { name: "已注册", exact: true }).click();
    await monitor.getByRole("dialog").getByRole("button", { name: "关闭" }).click();
    await untilSaved(monitor);
    await tab(monitor, "上交");
    await monitor.getByRole("button", { name: "现在上交" }).click();
    await expect(monitor.getByText("全部记录都已送达学校。")).toBeVisible();
  });

  await test.step("the server keeps no name, no number and no class", async () => {
    const stored = school.stored();
    expect(stored.length).toBeGreaterThan(4096);
    expect(school.app.log).toContain("/v1/bundles/");
    for (const text of [CLASS, "软件2101", ...STUDENTS.flatMap(({ no, name }) => [no, name])]) {
      expect(stored.includes(Buffer.from(text)), text).toBe(false);
      expect(stored.includes(Buffer.from(JSON.stringify(text).slice(1, -1))), text).toBe(false);
    }
  });

  await office.throwAway();
  await desk.throwAway();
  await phone.throwAway();
});
