// Files as people really choose them: a clear sentence, nothing lost, the rest usable.
import type { Locator, Page } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeClass } from "../support/monitor";
import type { Student } from "../support/roster";
import { test, expect } from "../support/server";

const fixture = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const WRITE_TABLES = fixture("../fixtures/write_tables.py");
const LOCKED = fixture("../../crates/files/tests/fixtures/password.xlsx");
const CODE_WITHOUT_LINK = fixture("../fixtures/qr-without-link.png");

const folder = mkdtempSync(join(tmpdir(), "wuzha-bad-input-"));
const inFolder = (name: string) => join(folder, name);

const HEADINGS = ["学号", "姓名", "寝室"];
const [A, B, C]: Student[] = ["甲", "乙", "丙"].map((name, at) => ({
  no: `202101020${at + 1}`,
  name: `新生${name}`,
  dorm: "5-101",
}));
/** Who is in the list that follows every bad one. */
const LATER: Student = { no: "2021010299", name: "新生丁", dorm: "5-102" };
const cells = ({ no, name, dorm }: Student) => [no, name, dorm];
const crowd = (n: number) => Array.from({ length: n }, (_, at) => [`2021${at + 100_000}`, "示例", "1-1"]);

/** What tests/fixtures/write_tables.py makes of each. */
const TABLES: Record<string, { rows: (string | number)[][]; merged?: string[]; cells?: object; encoding?: string }> = {
  "good.xlsx": { rows: [HEADINGS, cells(LATER)] },
  "empty.xlsx": { rows: [] },
  "headings.xlsx": { rows: [HEADINGS] },
  "6001.xlsx": { rows: [HEADINGS, ...crowd(6_001)] },
  "2001.xlsx": { rows: [HEADINGS, ...crowd(2_001)] },
  "far-column.xlsx": { rows: [HEADINGS, cells(A), cells(B)], cells: { XFD2: "远处的一格" } },
  "merged-dorm.xlsx": { rows: [HEADINGS, cells(A), [B.no, B.name], [C.no, C.name]], merged: ["C2:C4"] },
  "title.xlsx": { rows: [["软件2101班花名册"], [], HEADINGS, cells(A), cells(B)], merged: ["A1:C2"] },
  "numbers.xlsx": { rows: [HEADINGS, [Number(A.no), A.name, A.dorm], cells(B)] },
  "scientific.xlsx": { rows: [HEADINGS, cells(A), ["2.02101E+11", B.name, B.dorm]] },
  "gb18030.csv": { rows: [HEADINGS, cells(A), cells(B)], encoding: "gb18030" },
  "characters.xlsx": {
    rows: [HEADINGS, ["２０２１０１０２０１", "新\u200b生 甲", " ５-101\u00a0"], [`${B.no}\ufeff`, "　新 生乙", B.dorm]],
  },
  "twice.xlsx": { rows: [HEADINGS, cells(A), cells(B), [A.no, "新生戊", A.dorm]] },
  "namesakes.xlsx": { rows: [HEADINGS, cells(A), [B.no, A.name, B.dorm]] },
  "formula.xlsx": { rows: [HEADINGS, cells(A), [B.no, '=HYPERLINK("http://example.com")', B.dorm]] },
  "formula.csv": { rows: [HEADINGS, cells(A), [B.no, "=1+1", B.dorm]], encoding: "utf-8" },
};

test.beforeAll(async ({ browser }) => {
  const python = process.env.WUZHA_PYTHON ?? "python3";
  execFileSync(python, [WRITE_TABLES, folder], { input: JSON.stringify(TABLES) });
  const good = readFileSync(inFolder("good.xlsx"));
  writeFileSync(inFolder("half.xlsx"), good.subarray(0, good.length / 2));
  const page = await browser.newPage();
  writeFileSync(inFolder("picture.png"), await page.screenshot());
  writeFileSync(inFolder("picture.xlsx"), await page.screenshot());
  await page.close();
});

test.describe("导入花名册: a list that cannot be read says why, and the class stays as it is", () => {
  const CASES: [what: string, file: string, sentence: RegExp][] = [
    ["a picture renamed .xlsx", inFolder("picture.xlsx"), /这不是表格文件.*另存为 \.xlsx.*记录没有变/],
    ["with a password", LOCKED, /有密码.*去掉密码.*记录没有变/],
    ["empty", inFolder("empty.xlsx"), /没有内容.*记录没有变/],
    ["cut off half-way", inFolder("half.xlsx"), /不完整或已损坏.*重新下载.*记录没有变/],
    ["more rows than are read", inFolder("6001.xlsx"), /行数太多.*只保留本班.*记录没有变/],
    ["more rows than a class has", inFolder("2001.xlsx"), /共 2001 行，一次最多 2000 行.*什么都没有导入/],
    ["headings only", inFolder("headings.xlsx"), /标题行下面没有学生/],
  ];
  for (const [what, file, sentence] of CASES) {
    test(what, async ({ page, app }) => {
      await startClass(page, app.url);
      const before = await studentsOf(page, app.url, 45);
      await page.goto(`${app.url}/import`);
      await chooseFile(page, file);
      await expect(page.getByRole("alert").filter({ hasText: sentence })).toBeVisible();
      await expect(page.getByRole("button", { name: /^导入 \d+ 人$/ })).toHaveCount(0);
      expect(await importGood(page, app.url, 46)).toEqual([...before, rowOf(LATER)].sort());
    });
  }
});

test.describe("导入花名册: what can be read is read, and every row that cannot is named", () => {
  interface Case {
    what: string;
    file: string;
    /** Exactly these come into the class. */
    students: Student[];
    says?: RegExp[];
  }
  const CASES: Case[] = [
    { what: "a cell in column XFD", file: "far-column.xlsx", students: [A, B] },
    { what: "one merged dorm for three", file: "merged-dorm.xlsx", students: [A, B, C] },
    { what: "headings in row 3 under a merged title", file: "title.xlsx", students: [A, B] },
    { what: "学号 stored as a number", file: "numbers.xlsx", students: [A, B] },
    { what: "学号 in scientific notation", file: "scientific.xlsx", students: [A], says: [/第 3 行 学号：科学计数法.*设为文本/] },
    { what: "CSV in GB18030", file: "gb18030.csv", students: [A, B] },
    { what: "full-width digits, zero-width characters, spaces", file: "characters.xlsx", students: [A, B] },
    { what: "one 学号 twice", file: "twice.xlsx", students: [A, B], says: [/第 4 行 学号：与第 2 行重复/] },
    {
      what: "two students of one name",
      file: "namesakes.xlsx",
      students: [A, { ...B, name: A.name }],
      says: [new RegExp(`同名：${A.name}（学号 ${A.no}、${B.no}）`)],
    },
    // openpyxl leaves a formula without a result, as programs do that cannot calculate.
    { what: "a formula as a name", file: "formula.xlsx", students: [A], says: [/第 3 行 姓名：(空着|像是公式)/] },
    { what: "a formula as a name in CSV", file: "formula.csv", students: [A], says: [/第 3 行 姓名：像是公式/] },
  ];
  for (const { what, file, students, says = [] } of CASES) {
    test(what, async ({ page, app }) => {
      await startClass(page, app.url);
      const before = await studentsOf(page, app.url, 45);
      await page.goto(`${app.url}/import`);
      await chooseFile(page, inFolder(file));
      for (const sentence of says) await expect(page.getByRole("main").getByText(sentence)).toBeVisible();

      await page.getByRole("button", { name: /^新增/ }).click();
      // The list shows the last digits only; here a 学号 is seen whole.
      const added = page.getByRole("main").getByRole("listitem");
      await expect(added).toHaveText(students.map((student) => new RegExp(`^${inPreview(student)}\\s*第`)));
      await page.getByRole("button", { name: `导入 ${students.length} 人` }).click();
      await expect(page.getByText(`已导入 ${students.length} 人`)).toBeVisible();

      const after = [...before, ...students.map(rowOf)].sort();
      expect(await studentsOf(page, app.url, after.length)).toEqual(after);
      await page.goto(`${app.url}/import`);
      expect(await importGood(page, app.url, after.length + 1)).toEqual([...after, rowOf(LATER)].sort());
    });
  }
});

test("恢复: a file that is no whole backup says so, changes nothing, and the good one still opens", async ({ page, app }) => {
  await startClass(page, app.url);
  const before = await studentsOf(page, app.url, 45);
  await page.goto(`${app.url}/handin`);
  const backup = await saved(page, page.getByRole("button", { name: "备份", exact: true }));
  const whole = readFileSync(backup);
  const incomplete = /备份(不完整|损坏了).*换一个备份.*没有变化/;
  const CASES: [what: string, bytes: Buffer, sentence: RegExp][] = [
    ["cut off half-way", whole.subarray(0, whole.length / 2), incomplete],
    ["without its last 10 bytes", whole.subarray(0, whole.length - 10), incomplete],
    ["of another program", readFileSync(inFolder("good.xlsx")), /不是无诈的备份文件.*没有变化/],
    ["a text", Buffer.from("学号,姓名\r\n2021010101,示例\r\n"), /不是无诈的备份文件.*没有变化/],
    ["empty", Buffer.alloc(0), /文件是空的.*没有变化/],
  ];
  for (const [what, bytes, sentence] of CASES) {
    await test.step(what, async () => {
      await page.goto(`${app.url}/restore`);
      await chooseFile(page, { name: "备份.zip", mimeType: "application/zip", buffer: bytes });
      await expect(page.getByRole("alert")).toHaveText(sentence);
      await expect(page.getByRole("button", { name: "恢复", exact: true })).toHaveCount(0);
      await chooseFile(page, backup);
      await expect(page.getByText("这些记录这里都有了，不用恢复。")).toBeVisible();
      expect(await studentsOf(page, app.url, 45)).toEqual(before);
    });
  }
});

test("下载码: a picture without a usable code says so, and a good one still shows its domain", async ({ page, app }) => {
  await page.goto(`${app.url}/download`);
  const picture = await saved(page, page.getByRole("button", { name: "保存图片" }));
  await page.goto(`${app.url}/download/code`);
  const alert = page.getByRole("alert");
  const adopt = page.getByRole("button", { name: "确认使用" });

  await chooseFile(page, inFolder("picture.png"));
  await expect(alert).toHaveText(/没有找到二维码.*下载码没有变/);
  await expect(adopt).toHaveCount(0);

  await chooseFile(page, { name: "二维码.png", mimeType: "image/png", buffer: Buffer.from("不是图片") });
  await expect(alert).toHaveText(/打不开这张图片.*下载码没有变/);
  await expect(adopt).toHaveCount(0);

  await chooseFile(page, CODE_WITHOUT_LINK);
  await expect(alert).toHaveText("这不是网址，不能用作下载码。");
  await expect(page.getByText("示例：这里没有网址")).toBeVisible();
  await expect(adopt).toHaveCount(0);

  await chooseFile(page, picture);
  await expect(page.getByRole("status").filter({ hasText: "域名" })).toContainText("127.0.0.1");
  await expect(page.getByText(`${app.url}/download`)).toBeVisible();
  await expect(adopt).toBeDisabled();
  await page.getByLabel("已请安保中心核对过这个域名").check();
  await expect(adopt).toBeEnabled();
});

async function startClass(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await makeClass(page);
}

async function chooseFile(page: Page, file: Parameters<Locator["setInputFiles"]>[0]): Promise<void> {
  await page.locator("input[type=file]").setInputFiles(file);
}

/** On 导入花名册, whatever it shows: brings the good list in, and returns who is in the class then. */
async function importGood(page: Page, url: string, people: number): Promise<string[]> {
  const back = page.getByRole("button", { name: "返回修改" });
  if (await back.isVisible()) await back.click();
  await chooseFile(page, inFolder("good.xlsx"));
  await page.getByRole("button", { name: "导入 1 人" }).click();
  await expect(page.getByText("已导入 1 人")).toBeVisible();
  return studentsOf(page, url, people);
}

/** Every row of 学生 as read from the disk, in no particular order. */
async function studentsOf(page: Page, url: string, people: number): Promise<string[]> {
  await page.goto(`${url}/record/students`);
  const rows = page.getByRole("region", { name: "学生名单" }).getByRole("button");
  await expect(rows).toHaveCount(people);
  return (await rows.allInnerTexts()).map((row) => row.replace(/\s+/g, " ").trim()).sort();
}

/** What 学生 shows of a student of whom nothing is recorded yet. */
function rowOf({ no, name, dorm }: Student): string {
  return `${name} ${dorm} · 学号尾 ${no.slice(-4)} 未登记`;
}

/** How the preview names a student. */
function inPreview({ no, name, dorm }: Student): string {
  return [name, no, dorm].join(" · ");
}

async function saved(page: Page, button: Locator): Promise<string> {
  const arrives = page.waitForEvent("download");
  await button.click();
  const file = await arrives;
  const path = inFolder(file.suggestedFilename());
  await file.saveAs(path);
  return path;
}
