// 报表: the ledgers of many classes as files, the work summary and the bulletin as documents and on paper.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Page } from "@playwright/test";
import { classFiles, countedByPython, type Counted } from "../support/classes";
import { saved } from "../support/desk";
import { openedArchive, openedByOpenpyxl, openedByPythonDocx, pages, type CellValue } from "../support/office";
import { test, expect, type App } from "../support/server";

const CLASSES = 12;
const SHEETS = ["总览", "系部汇总", "明细", "学生台账", "寝室检查", "班级检查", "测验成绩", "活动", "说明"];
const STUDENT_NO = /^[A-Z0-9-]{6,}$/;

test("the ledgers of all classes leave as a workbook, as CSV and as JSON", async ({ page, app }) => {
  test.setTimeout(300_000);
  const counted = await readIn(page, app);
  const students = sum(counted);
  const ledgers = page.locator(".card").filter({ has: page.getByRole("heading", { name: /^全部台账/ }) });
  await expect(ledgers.getByText(`上面列出的 ${CLASSES} 个班`)).toBeVisible();
  await expect(ledgers.getByText(/含学生个人信息/)).toBeVisible();

  await test.step("a workbook, the figures first", async () => {
    const path = await saved(page, "导出全部台账");
    expect(basename(path)).toMatch(/全部台账_\d{4}-\d\d-\d\d\.xlsx$/);
    await expect(ledgers.getByText(`已生成 ${basename(path)}`)).toBeVisible();
    const sheets = openedByOpenpyxl(path);
    expect(Object.keys(sheets)).toEqual(SHEETS);
    const [headings, ...rows] = sheets["学生台账"].rows;
    expect(rows).toHaveLength(students);
    const numbers = rows.map((row) => row[headings.indexOf("学号")]);
    for (const number of numbers) expect(number).toEqual(expect.stringMatching(STUDENT_NO));
    for (const each of counted) {
      expect(rows.filter((row) => row[headings.indexOf("班级")] === each.name), each.name).toHaveLength(each.students);
    }
    // What may go up has nobody in it.
    const figures = JSON.stringify(["总览", "系部汇总", "明细"].map((name) => sheets[name].rows));
    for (const number of numbers) expect(figures).not.toContain(String(number));
  });

  await test.step("CSV, a file a table", async () => {
    await page.getByLabel("格式").selectOption({ label: "CSV（压缩包，每张表一个文件）" });
    const path = await saved(page, "导出全部台账");
    expect(basename(path)).toMatch(/全部台账_.*\.zip$/);
    const files = openedArchive(path);
    expect(Object.keys(files)).toEqual(SHEETS.map((name) => `${name}.csv`));
    expect(files["学生台账.csv"]).toHaveLength(students + 1);
  });

  await test.step("JSON, for other programs", async () => {
    await page.getByLabel("格式").selectOption({ label: "JSON（给其他程序用）" });
    const path = await saved(page, "导出全部台账");
    const book = JSON.parse(readFileSync(path, "utf8"));
    expect(book.sheets.map((sheet: { name: string }) => sheet.name)).toEqual(SHEETS);
    const [own] = book.sheets.filter((sheet: { name: string }) => sheet.name === "学生台账");
    expect(own.rows).toHaveLength(students);
    for (const row of own.rows) expect(row["学号"]).toEqual(expect.stringMatching(STUDENT_NO));
  });

  await test.step("narrowed to a department, it is the department's own", async () => {
    const department = counted.find((each) => each.department)!.department!;
    const own = counted.filter((each) => each.department === department);
    await page.getByRole("combobox", { name: /^系部/ }).selectOption(department);
    await expect(ledgers.getByText(`上面列出的 ${own.length} 个班`)).toBeVisible();
    await page.getByLabel("格式").selectOption({ label: "Excel" });
    const path = await saved(page, "导出全部台账");
    expect(basename(path).startsWith(department.slice(0, 32))).toBe(true);
    expect(openedByOpenpyxl(path)["学生台账"].rows).toHaveLength(sum(own) + 1);
  });
});

test("a bulletin is drafted, gone over and exported, and names no student", async ({ page, app }) => {
  test.setTimeout(300_000);
  await readIn(page, app);
  const [headings, ...rows] = openedByOpenpyxl(await saved(page, "导出全部台账"))["学生台账"].rows;
  const column = (heading: string) => rows.map((row: CellValue[]) => String(row[headings.indexOf(heading)]));
  await page.getByRole("link", { name: /^通报/ }).click();
  await page.getByLabel("以谁的名义").selectOption({ label: "安保中心" });
  await page.getByLabel("单位名称").fill("示例学院");
  await page.getByLabel("完成时限").fill("2051-01-07");
  await page.getByRole("button", { name: "起草" }).click();

  await expect(page.getByText(/还有 \d+ 处要填写/).first()).toBeVisible();
  const own = page.getByRole("textbox", { name: /^一、.*正文/ }).first();
  await own.fill("这一段是安保中心自己写的（示例）。");
  const path = await saved(page, "导出 Word");
  expect(basename(path)).toMatch(/^示例学院_通报_\d{4}-\d\d-\d\d\.docx$/);
  const text = JSON.stringify(openedByPythonDocx(path));
  expect(text).toContain("这一段是安保中心自己写的（示例）。");
  expect(text).toContain("2051年1月7日");
  // Nobody has recorded whether there were cases: that is asked, and not said to be none.
  expect(text).toContain("【请填写：本期案件的类型和数量");
  expect(text).not.toMatch(/没有案件|无案件|没有登记案件/);
  for (const person of [...column("姓名"), ...column("学号")]) expect(text).not.toContain(person);

  // The draft is the office's; a teacher's begins anew.
  await page.reload();
  await page.getByRole("button", { name: "起草" }).click();
  await expect(own).toHaveValue("这一段是安保中心自己写的（示例）。");
  await page.getByRole("button", { name: /^换一个单位/ }).click();
  await page.getByLabel("以谁的名义").selectOption({ label: "辅导员" });
  await page.getByRole("button", { name: "起草" }).click();
  await expect(own).not.toHaveValue("这一段是安保中心自己写的（示例）。");
});

test("a department's summary is of its own classes", async ({ page, app }) => {
  test.setTimeout(300_000);
  const counted = await readIn(page, app);
  const department = counted.find((each) => each.department)!.department!;
  const own = counted.filter((each) => each.department === department);
  await page.getByRole("link", { name: /^工作总结/ }).click();
  await page.getByLabel("以谁的名义").selectOption({ label: "系部" });
  await page.getByLabel("汇总哪个系部").selectOption({ label: department });
  await expect(page.getByLabel("单位名称")).toHaveValue(department);
  await page.getByRole("button", { name: "起草" }).click();
  const document = openedByPythonDocx(await saved(page, "导出 Word"));
  const text = JSON.stringify(document);
  expect(text).toContain(`按${own.length}个班的台账汇总`);
  const attached = document.tables.at(-1)!.rows.map(([name]) => name);
  for (const each of own) expect(attached).toContain(each.name);
  for (const each of counted.filter((each) => each.department !== department)) expect(attached).not.toContain(each.name);
});

test("on paper a document looks like one, and on a phone its chapters open one by one", async ({ page, app }) => {
  test.setTimeout(300_000);
  await page.addInitScript(() => {
    window.print = () => document.body.setAttribute("data-printed", "");
  });
  await readIn(page, app);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${app.url}/report`);
  await page.getByLabel("单位名称").fill("示例系");
  await page.getByRole("button", { name: "起草" }).click();

  await test.step("only the first chapter is open; each says what is left to fill in", async () => {
    await expect(page.locator("details[open]")).toHaveCount(1);
    const second = page.locator("details").nth(1);
    await expect(second.locator("summary")).toContainText(/二、.*处要填写/);
    const field = page.getByRole("textbox", { name: /^二、.*正文/ }).first();
    await expect(field).toBeHidden();
    await second.locator("summary").click();
    await field.fill("组长：示例。");
  });

  await test.step("the button prints", async () => {
    await page.getByRole("button", { name: "打印 / 存为 PDF" }).click();
    await expect(page.locator("body")).toHaveAttribute("data-printed", "");
    await expect(page.locator(".paper")).toBeHidden();
  });

  await test.step("paper has the document, with its blanks marked, and no field of the form", async () => {
    await page.emulateMedia({ media: "print" });
    const paper = page.locator(".paper");
    await expect(paper).toBeVisible();
    await expect(page.locator("textarea").first()).toBeHidden();
    await expect(page.locator(".topbar")).toBeHidden();
    await expect(paper.locator(".paper__title").first()).toHaveText("示例系");
    await expect(paper.getByRole("heading", { name: /^一、背景与目标/ })).toBeVisible();
    await expect(paper.getByText("组长：示例。")).toBeVisible();
    await expect(paper.locator("mark").first()).toContainText("【请填写：");
    const style = (selector: string, property: string) =>
      paper.locator(selector).first().evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
    const size = parseFloat(await style(".paper__text", "font-size"));
    expect(parseFloat(await style(".paper__text", "text-indent"))).toBeCloseTo(2 * size);
    expect(await style(".paper__title", "text-align")).toBe("center");
    expect(await style(".paper__sign", "text-align")).toBe("right");
    expect(await style(".paper__attached", "break-before")).toBe("page");
    await page.emulateMedia({ media: null });
    expect(pages(await page.pdf({ preferCSSPageSize: true, path: "test-results/summary.pdf" }))).toBeGreaterThan(1);
  });
});

/** Reads in the backups of an invented school's classes; what Python counts in them. */
async function readIn(page: Page, app: App): Promise<Counted[]> {
  const files = classFiles(CLASSES);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${app.url}/overview`);
  await page.getByLabel("导入班级文件").setInputFiles(files);
  await expect(page.getByText(`已更新 ${CLASSES} 个班`)).toBeVisible();
  await expect(page.getByText(`共 ${CLASSES} 个班`)).toBeVisible();
  return countedByPython(files);
}

function sum(classes: Counted[]): number {
  return classes.reduce((sum, each) => sum + each.students, 0);
}
