// A class monitor's day without a network: from a pasted roster to files that other programs open.
import { mkdtempSync } from "node:fs";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { answerQuiz, makeClass, tab, untilSaved } from "../support/monitor";
import { openedByLibreOffice, openedByOpenpyxl } from "../support/office";
import { Phone } from "../support/phone";
import { untilOffline } from "../support/precache";
import { STUDENTS } from "../support/roster";
import { test, expect } from "../support/server";

const DORMS = [...new Set(STUDENTS.map((student) => student.dorm))];

test("from a pasted roster to an Excel ledger, with no network", async ({ app }) => {
  test.setTimeout(400_000);
  const phone = new Phone();
  const first = await phone.open(app.url);
  await untilOffline(first);
  await first.close();
  await app.stop();

  let page = await phone.open(app.url);
  await test.step("the app opens without a network and makes a class", async () => {
    await makeClass(page);
    await expect(page.getByRole("region", { name: "学生名单" }).getByRole("button")).toHaveCount(45);
  });

  await test.step("all are registered by 批量登记, two of them differently", async () => {
    await page.getByRole("button", { name: "批量登记" }).click();
    const batch = page.getByRole("group", { name: "APP 状态" });
    await batch.getByRole("button", { name: "未安装" }).click();
    await page.getByRole("button", { name: new RegExp(STUDENTS[44].name) }).click();
    await batch.getByRole("button", { name: "已注册" }).click();
    await page.getByRole("button", { name: new RegExp(STUDENTS[43].name) }).click();
    await batch.getByRole("button", { name: "预警已开启" }).click();
    for (const { name } of STUDENTS.slice(0, 43)) {
      await page.getByRole("button", { name: new RegExp(name) }).click();
    }
    await expect(page.getByText("已点 43/45")).toBeVisible();
    await page.getByRole("button", { name: "完成" }).click();
    await untilSaved(page);
  });

  await test.step("two dorms are inspected, with exceptions", async () => {
    await page.getByRole("link", { name: "寝室", exact: true }).click();
    for (const dorm of DORMS.slice(0, 2)) {
      await page.getByRole("link", { name: new RegExp(`^${dorm}`) }).click();
      await page.getByRole("button", { name: "全部合格" }).click();
      const card = page.getByRole("radiogroup", { name: /提示卡/ });
      await card.getByRole("radio", { name: "不合格", exact: true }).click();
      await untilSaved(page);
      await page.getByRole("link", { name: "返回" }).click();
    }
    await expect(page.getByText("已检查 2/8 间寝室")).toBeVisible();
  });

  await test.step("the class checklist is filled in", async () => {
    await page.getByRole("link", { name: "班级", exact: true }).click();
    await page.getByRole("button", { name: "全部合格" }).click();
    await untilSaved(page);
  });

  await test.step("three students sit a quiz on the monitor's phone", async () => {
    await tab(page, "测验");
    await page.getByRole("main").getByRole("link", { name: "发起测验" }).first().click();
    await page.getByRole("radio", { name: "10 题" }).or(page.getByRole("button", { name: "10 题" })).click();
    await page.getByRole("button", { name: "发起测验" }).click();
    await page.getByRole("link", { name: "轮流作答" }).click();
    await page.getByRole("button", { name: "开始轮流作答" }).click();
    for (const { name } of STUDENTS.slice(0, 3)) await answerQuiz(page, name);
    await leaveKiosk(page, app.url);
  });

  await test.step("今日 shows how many of how many", async () => {
    await page.goto(app.url);
    await expect(page.getByRole("link", { name: /注册率/ })).toContainText("44/45");
    await expect(page.getByRole("link", { name: /寝室达标率/ })).toContainText("/8");
    const todos = page.getByRole("navigation", { name: "待办" });
    await expect(todos.getByRole("link", { name: "1 人未注册" })).toBeVisible();
    await expect(todos.getByRole("link", { name: "6 间寝室未检查" })).toBeVisible();
    await expect(todos.getByRole("link", { name: "42 人未参加测验" })).toBeVisible();
  });

  const folder = mkdtempSync(join(tmpdir(), "wuzha-files-"));
  const workbook = await test.step("the workbook holds exactly what was entered", async () => {
    await tab(page, "上交");
    const file = await download(page, folder, "导出 Excel 台账");
    expect(file).toMatch(/软件2101班.*_反诈台账_\d{4}-\d{2}-\d{2}\.xlsx$/);
    const sheets = openedByOpenpyxl(file);
    expect(Object.keys(sheets)).toEqual(["汇总", "学生台账", "寝室检查", "班级检查", "测验成绩", "活动", "题目分析", "说明"]);
    const students = sheets["学生台账"];
    const [headings, ...rows] = students.rows;
    const column = (name: string) => rows.map((row) => row[headings.indexOf(name)]);
    expect(column("学号")).toEqual(STUDENTS.map((student) => student.no));
    expect(column("姓名")).toEqual(STUDENTS.map((student) => student.name));
    expect(column("寝室")).toEqual(STUDENTS.map((student) => student.dorm));
    expect(column("APP状态")).toEqual([...Array(43).fill("预警已开启"), "已注册", "未安装"]);
    expect(column("测验").slice(3)).toEqual(Array(42).fill("缺考"));
    expect(column("承诺书")).toEqual(Array(45).fill("未知"));
    for (const sheet of Object.values(sheets)) {
      expect(sheet.formulas).toBe(0);
      expect(sheet.frozen).toBe("A2");
      expect(sheet.landscape).toBe(true);
    }
    expect(students.filter).toBe(`A1:Q46`);
    const dorms = sheets["寝室检查"];
    const failed = dorms.rows.filter((row) => row[dorms.rows[0].indexOf("结果")] === "不合格");
    const byHand = failed.filter((row) => row[dorms.rows[0].indexOf("依据")] === "人工检查");
    expect(byHand.map((row) => row[1])).toEqual(DORMS.slice(0, 2));
    return file;
  });

  await test.step("LibreOffice shows the same, 学号 in full and shares as percentages", async () => {
    const sheets = openedByLibreOffice(workbook);
    const [headings, ...rows] = sheets["学生台账"];
    const shown = (name: string) => rows.map((row) => row[headings.indexOf(name)]);
    expect(shown("学号")).toEqual(STUDENTS.map((student) => student.no));
    expect(shown("姓名")).toEqual(STUDENTS.map((student) => student.name));
    const summary = sheets["汇总"];
    const registered = summary.find((row) => row[1] === "注册国家反诈中心APP");
    expect(registered?.slice(3, 6)).toEqual(["44", "45", "97.8%"]);
  });

  await test.step("the CSV is what a spreadsheet and a program both read", async () => {
    await page.getByLabel("只要其中一张表").selectOption({ label: "学生台账" });
    const file = await download(page, folder, "导出 CSV");
    const bytes = readFileSync(file);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = bytes.subarray(3).toString("utf8").trimEnd().split("\r\n");
    expect(lines).toHaveLength(46);
    expect(lines[1]).toContain(`${STUDENTS[0].dorm},${STUDENTS[0].no},${STUDENTS[0].name},预警已开启`);
  });

  const backup = await test.step("a backup is made", () => download(page, folder, "备份"));

  await test.step("the browser is killed right after 已保存 and everything is there again", async () => {
    await page.goto(`${app.url}/record/students`);
    await page.getByRole("button", { name: new RegExp(STUDENTS[44].name) }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("button", { name: "已安装未注册" }).click();
    await untilSaved(page);
    phone.kill();
    page = await phone.open(`${app.url}/record/students`);
    await expect(page.getByRole("button", { name: new RegExp(STUDENTS[44].name) })).toContainText("已安装未注册");
    await expect(page.getByRole("region", { name: "学生名单" }).getByRole("button")).toHaveCount(45);
  });
  await phone.throwAway();

  await test.step("the backup makes the same book on an empty phone", async () => {
    await app.start();
    const other = new Phone();
    page = await other.open(`${app.url}/restore`);
    await page.locator("input[type=file]").setInputFiles(backup);
    await page.getByRole("button", { name: /^恢复/ }).click();
    await page.goto(app.url);
    await expect(page.getByRole("link", { name: /注册率/ })).toContainText("44/45");
    await tab(page, "上交");
    const file = await download(page, folder, "导出 Excel 台账");
    const [ours, theirs] = [openedByOpenpyxl(workbook), openedByOpenpyxl(file)];
    for (const name of ["汇总", "学生台账", "寝室检查", "班级检查", "测验成绩", "活动", "题目分析"]) {
      expect(theirs[name].rows, name).toEqual(ours[name].rows);
    }
    await other.throwAway();
  });
});

/** Presses a button that makes a file, and returns where the file is. */
async function download(page: Page, folder: string, button: string): Promise<string> {
  const arrives = page.waitForEvent("download");
  await page.getByRole("button", { name: button, exact: true }).click();
  const file = await arrives;
  const path = join(folder, file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

/** The monitor's screens stay locked until 结束轮流作答 is held for two seconds. */
async function leaveKiosk(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/record/students`);
  const leave = page.getByRole("button", { name: /结束轮流作答/ });
  await leave.hover();
  await page.mouse.down();
  await expect(page.getByRole("link", { name: "轮流作答" })).toBeVisible();
  await page.mouse.up();
}
