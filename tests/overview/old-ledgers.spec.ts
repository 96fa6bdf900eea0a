// A college's spreadsheets from before: dropped among the files of classes, looked at, merged, and never twice.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { violations } from "../support/axe";
import { classFiles, countedByPython, type Counted } from "../support/classes";
import { writtenByOpenpyxl, type CellValue } from "../support/office";
import { test, expect } from "../support/server";

const CLASSES = 6;
const HEADINGS = ["序号", "系部", "班级", "学号", "姓名", "是否下载注册", "承诺书", "身份证号", "备注"];
/** The title is the first row and the headings are the second. */
const FIRST_ROW = 3;
const NEW_CLASS = "示例2199班";

test("an old ledger among many files is previewed, merged, and adds nothing the second time", async ({ page, app }) => {
  test.setTimeout(300_000);
  const files = classFiles(CLASSES);
  const own = nothingRecorded(countedByPython(files));
  const rows = [...rowsOf(own), ...newClass()];
  const ledger = oldLedger(rows);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${app.url}/overview`);

  await test.step("classes are taken in at once, what is no file of ours is named, and the ledger waits", async () => {
    await drop(page, [ledger, foreign("通讯录.zip", "PK，不是备份"), foreign("坏台账.xlsx", "PK\u0003\u0004"), ...files]);
    await expect(page.getByText(`已更新 ${CLASSES} 个班`)).toBeVisible({ timeout: 120_000 });
    const refused = page.getByRole("alert");
    await expect(refused).toContainText("通讯录.zip：");
    await expect(refused).toContainText("坏台账.xlsx：");
    await expect(page.getByText("读出 1 张旧台账")).toBeVisible();
    await expect(page.getByRole("heading", { name: "旧台账合并预览" })).toBeVisible();
  });

  await test.step("the preview says what is read, what is left out, what is new and what cannot be read", async () => {
    await expect(classOf(page, own.name)).toContainText("补充 4 · 不一致 1");
    await expect(classOf(page, own.name)).toContainText(`文件中没有 ${own.students - 5}`);
    await expect(classOf(page, NEW_CLASS)).toContainText("新建一个班");
    await expect(classOf(page, NEW_CLASS)).toContainText("新增 3");
    await expect(page.getByText("读取：系部、班级、学号、姓名、是否下载注册、承诺书")).toBeVisible();
    await expect(page.getByText("身份证号：身份证件，不保存")).toBeVisible();
    await expect(page.getByText("备注：备注，可能写有隐私，不保存")).toBeVisible();
    await expect(page.getByText(/示例证号|示例备注/)).toHaveCount(0);
    const scientific = rows.findIndex((row) => row[3] === "2.02101E+11") + FIRST_ROW;
    await expect(page.getByText(`第 ${scientific} 行 学号 “2.02101E+11”：科学计数法`)).toBeVisible();
    await expect(page.getByText(`姓名：现有 ${own.people[4][1]}，表里 示例另名`)).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });

  await test.step("merged, the overview has what the ledger says and nothing else has changed", async () => {
    await page.getByRole("button", { name: "合并", exact: true }).click();
    await expect(page.getByText(/^已合并：新建 1 个班，更新 1 个班，共写入 \d+ 条记录/)).toBeVisible();
    await page.getByRole("button", { name: "返回总览", exact: true }).click();
    await expect(page.getByText(`共 ${CLASSES + 1} 个班`)).toBeVisible();
    const shown = await allRegistered(page);
    // Of the fifth the file has another name: what it says may be of another person.
    expect(shown[own.name]).toContain(`4/${own.students}`);
    expect(shown[NEW_CLASS]).toContain("3/3");
  });

  await test.step("the name that differs is still the monitor's", async () => {
    await page.getByRole("link", { name: own.name }).click();
    await page.getByRole("button", { name: "学生台账" }).click();
    const table = page.getByRole("region", { name: "学生台账" });
    await expect(table).toContainText(own.people[4][1]);
    await expect(table).not.toContainText("示例另名");
    await page.goto(`${app.url}/overview`);
  });

  await test.step("the same file again: nothing is new", async () => {
    await expect(page.getByText(`共 ${CLASSES + 1} 个班`)).toBeVisible();
    const before = await allRegistered(page);
    await drop(page, [ledger]);
    await expect(page.getByText("没有要合并的")).toBeVisible();
    await expect(classOf(page, NEW_CLASS)).toContainText("相同 3");
    await expect(page.getByRole("button", { name: "合并", exact: true })).toBeDisabled();
    await page.getByRole("button", { name: "不合并，返回总览" }).click();
    await expect(page.getByText(`共 ${CLASSES + 1} 个班`)).toBeVisible();
    expect(await allRegistered(page)).toEqual(before);
  });

  await test.step("a person may take the file's word for what differs", async () => {
    await drop(page, [ledger]);
    await page.getByRole("combobox", { name: `不一致的 ${own.name}` }).selectOption("以旧台账为准");
    await page.getByRole("button", { name: "合并", exact: true }).click();
    await expect(page.getByText(/^已合并：新建 0 个班，更新 1 个班，共写入 \d+ 条记录/)).toBeVisible();
    await expect(page.getByText("另有 1 个班没有变化")).toBeVisible();
    await page.getByRole("button", { name: "返回总览", exact: true }).click();
    await expect(page.getByText(`共 ${CLASSES + 1} 个班`)).toBeVisible();
    expect((await allRegistered(page))[own.name]).toContain(`5/${own.students}`);
  });
});

test("a class that hands in after its old ledger was merged is not there twice", async ({ page, app }) => {
  test.setTimeout(300_000);
  const files = classFiles(CLASSES);
  const own = nothingRecorded(countedByPython(files));
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${app.url}/overview`);
  const half = own.people.slice(0, Math.ceil(own.students / 2));
  await drop(page, [oldLedger(half.map(([no, name], at) => row(at + 1, own, no, name)))]);
  await page.getByRole("button", { name: "合并", exact: true }).click();
  await page.getByRole("button", { name: "返回总览", exact: true }).click();
  await expect(page.getByText("共 1 个班")).toBeVisible();
  await drop(page, files.filter((file) => basename(file) === own.file));
  await expect(page.getByText("已更新 1 个班")).toBeVisible();
  await expect(page.getByText("共 1 个班")).toBeVisible();
  await expect.poll(async () => (await registered(page))[own.name]).toContain(`${half.length}/${own.students}`);
});

test("a person says which class it is, and what 是 means, where the file does not", async ({ page, app }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${app.url}/overview`);
  const csv = foreign("名单.csv", "学号,姓名,国家反诈中心APP\n2021990101,示例一,是\n2021990102,示例二,是\n");
  await drop(page, [csv]);
  const merge = page.getByRole("button", { name: "合并", exact: true });
  await expect(page.getByText("先填上班级名，或选择要合并到的班。")).toBeVisible();
  await expect(merge).toBeDisabled();
  await page.getByLabel("这些学生是哪个班的").fill(NEW_CLASS);
  await page.getByLabel("这些学生是哪个班的").press("Enter");
  await expect(classOf(page, NEW_CLASS)).toContainText("新增 2");
  await expect(page.getByText("只看这一格不知道是否注册").first()).toBeVisible();
  await page.getByRole("combobox", { name: /^表中的“是”指已注册吗？/ }).selectOption("是，写“是”的都已注册");
  await expect(page.getByText("只看这一格不知道是否注册")).toHaveCount(0);
  await expect(merge).toBeEnabled();
  await merge.click();
  await page.getByRole("button", { name: "返回总览", exact: true }).click();
  await expect.poll(async () => (await registered(page))[NEW_CLASS]).toContain("2/2");
});

/** A class with a list of students of whom nobody has recorded where they stand. */
function nothingRecorded(counted: Counted[]): Counted {
  return counted.find((each) => each.students > 10 && each.registered.unknown === each.students)!;
}

function oldLedger(rows: CellValue[][]): string {
  return writtenByOpenpyxl("反诈台账（示例）.xlsx", { title: "反诈注册台账（示例）", headings: HEADINGS, rows });
}

/** Five students of a class, one of them under another name. */
function rowsOf(own: Counted): CellValue[][] {
  return own.people.slice(0, 5).map(([no, name], at) => row(at + 1, own, no, at === 4 ? "示例另名" : name));
}

/** A class that is not on the shelf, and a row whose number Excel has spoilt. */
function newClass(): CellValue[][] {
  const of = { department: "示例系", name: NEW_CLASS };
  const numbers = ["2021990101", "2.02101E+11", "2021990102", "2021990103"];
  const names = ["示例甲", "示例乙", "示例丙", "示例丁"];
  return numbers.map((no, at) => row(at + 6, of, no, names[at]));
}

function row(number: number, of: { department: string | null; name: string }, no: string, name: string): CellValue[] {
  return [number, of.department, of.name, no, name, "是", "已签", "示例证号", "示例备注"];
}

function foreign(name: string, content: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "wuzha-foreign-")), name);
  writeFileSync(file, content);
  return file;
}

async function drop(page: Page, files: string[]): Promise<void> {
  await page.getByLabel("导入班级文件").setInputFiles(files);
}

/** The line of a class in the preview. */
function classOf(page: Page, name: string): Locator {
  return page.getByRole("button", { expanded: true }).filter({ hasText: name });
}

/** As below, of the first test's classes; waits until all are drawn, since rows come by and by. */
async function allRegistered(page: Page): Promise<Record<string, string>> {
  await expect(page.locator(".table_overview tbody tr")).toHaveCount(CLASSES + 1);
  return registered(page);
}

/** The first figure of each class in the overview, by its name. */
async function registered(page: Page): Promise<Record<string, string>> {
  const rows = await page.evaluate(() => {
    const rows = [...document.querySelectorAll(".table_overview tbody tr")];
    return rows.map((row) => [...row.children].slice(0, 2).map((cell) => (cell as HTMLElement).innerText.trim()));
  });
  return Object.fromEntries(rows.map(([head, figure]) => [head.split("\n")[0].trim(), figure]));
}
