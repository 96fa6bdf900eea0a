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
const OLD = fixture("../../crates/files/tests/fixtures/roster.xls");
const CODE_WITHOUT_LINK = fixture("../fixtures/qr-without-link.png");

const folder = mkdtempSync(join(tmpdir(), "wuzha-bad-input-"));
const inFolder = (name: string) => join(folder, name);

const HEADINGS = ["学号", "姓名", "寝室"];
const cells = ({ no, name, dorm }: Student) => [no, name, dorm];
const crowd = (n: number) => Array.from({ length: n }, (_, at) => [`2021${at + 100_000}`, "示例", "1-1"]);

/** Three students of whom no other list knows: all lists go into one class. */
function newcomers(list: number): Student[] {
  return ["甲", "乙", "丙"].map((name, at) => ({
    no: `20210200${String(list).padStart(2, "0")}${at + 1}`,
    name: `新生${"子丑寅卯辰巳午未申酉戌亥"[list]}${name}`,
    dorm: "5-101",
  }));
}

/** What tests/fixtures/write_tables.py makes a file of. */
interface Table {
  rows: (string | number)[][];
  merged?: string[];
  cells?: Record<string, string>;
  encoding?: string;
}

interface Readable {
  what: string;
  file: string;
  table: Table;
  /** Exactly these come into the class. */
  students: Student[];
  says?: RegExp;
}

type Make = (a: Student, b: Student, c: Student) => Omit<Readable, "what">;

const READABLE: Readable[] = Object.entries<Make>({
  "a cell in column XFD": (a, b) => ({
    file: "far-column.xlsx",
    table: { rows: [HEADINGS, cells(a), cells(b)], cells: { XFD2: "远处的一格" } },
    students: [a, b],
  }),
  "one merged dorm for three": (a, b, c) => ({
    file: "merged-dorm.xlsx",
    table: { rows: [HEADINGS, cells(a), [b.no, b.name], [c.no, c.name]], merged: ["C2:C4"] },
    students: [a, b, c],
  }),
  "headings in row 3 under a merged title": (a, b) => ({
    file: "title.xlsx",
    table: { rows: [["软件2101班花名册"], [], HEADINGS, cells(a), cells(b)], merged: ["A1:C2"] },
    students: [a, b],
  }),
  "学号 stored as a number": (a, b) => ({
    file: "numbers.xlsx",
    table: { rows: [HEADINGS, [Number(a.no), a.name, a.dorm], cells(b)] },
    students: [a, b],
  }),
  "学号 in scientific notation": (a, b) => ({
    file: "scientific.xlsx",
    table: { rows: [HEADINGS, cells(a), ["2.02101E+11", b.name, b.dorm]] },
    students: [a],
    says: /第 3 行 学号：科学计数法.*设为文本/,
  }),
  "CSV in GB18030": (a, b) => ({
    file: "gb18030.csv",
    table: { rows: [HEADINGS, cells(a), cells(b)], encoding: "gb18030" },
    students: [a, b],
  }),
  "full-width digits, zero-width characters, spaces": (a, b) => ({
    file: "characters.xlsx",
    table: {
      rows: [
        HEADINGS,
        [fullWidth(a.no), a.name.replace("生", "\u200b生 "), ` ${fullWidth(a.dorm)}\u00a0`],
        [`${b.no}\ufeff`, `\u3000${b.name} `, b.dorm],
      ],
    },
    students: [a, b],
  }),
  "one 学号 twice": (a, b, c) => ({
    file: "twice.xlsx",
    table: { rows: [HEADINGS, cells(a), cells(b), [a.no, c.name, c.dorm]] },
    students: [a, b],
    says: /第 4 行 学号：与第 2 行重复/,
  }),
  "two students of one name": (a, b) => ({
    file: "namesakes.xlsx",
    table: { rows: [HEADINGS, cells(a), [b.no, a.name, b.dorm]] },
    students: [a, { ...b, name: a.name }],
    says: new RegExp(`同名：${a.name}（学号 ${a.no}、${b.no}）`),
  }),
  // openpyxl leaves a formula without a result, as programs do that cannot calculate.
  "a formula as a name": (a, b) => ({
    file: "formula.xlsx",
    table: { rows: [HEADINGS, cells(a), [b.no, '=HYPERLINK("http://example.com")', b.dorm]] },
    students: [a],
    says: /第 3 行 姓名：(空着|像是公式)/,
  }),
  "a formula as a name in CSV": (a, b) => ({
    file: "formula.csv",
    table: { rows: [HEADINGS, cells(a), [b.no, "=1+1", b.dorm]], encoding: "utf-8" },
    students: [a],
    says: /第 3 行 姓名：像是公式/,
  }),
}).map(([what, make], list) => {
  const [a, b, c] = newcomers(list);
  return { what, ...make(a, b, c) };
});

/** Who is in the good list. */
const LATER: Student = { no: "2021010299", name: "新生丁", dorm: "5-102" };
const TABLES: Record<string, Table> = {
  "good.xlsx": { rows: [HEADINGS, cells(LATER)] },
  "empty.xlsx": { rows: [] },
  "headings.xlsx": { rows: [HEADINGS] },
  "6001.xlsx": { rows: [HEADINGS, ...crowd(6_001)] },
  "2001.xlsx": { rows: [HEADINGS, ...crowd(2_001)] },
  ...Object.fromEntries(READABLE.map(({ file, table }) => [file, table])),
};

test.beforeAll(async ({ browser }) => {
  const python = process.env.WUZHA_PYTHON ?? "python3";
  execFileSync(python, [WRITE_TABLES, folder], { input: JSON.stringify(TABLES) });
  const good = readFileSync(inFolder("good.xlsx"));
  writeFileSync(inFolder("half.xlsx"), good.subarray(0, good.length / 2));
  const old = readFileSync(OLD);
  // The record that says where the sheet begins: far behind the end.
  old.writeUInt32LE(0x7fff_ffff, old.indexOf(Buffer.from([0x85, 0x00]), 512) + 4);
  writeFileSync(inFolder("behind.xls"), old);
  const page = await browser.newPage();
  const picture = await page.screenshot();
  for (const name of ["picture.png", "picture.xlsx"]) writeFileSync(inFolder(name), picture);
  await page.close();
});

test("导入花名册: a list that cannot be read says why, and the class stays as it is", async ({ page, app }) => {
  const before = await startClass(page, app.url);
  const CASES: [what: string, file: string, sentence: RegExp][] = [
    ["a picture renamed .xlsx", inFolder("picture.xlsx"), /这不是表格文件.*另存为 \.xlsx.*记录没有变/],
    ["with a password", LOCKED, /有密码.*去掉密码.*记录没有变/],
    ["empty", inFolder("empty.xlsx"), /没有内容.*记录没有变/],
    ["cut off half-way", inFolder("half.xlsx"), /不完整或已损坏.*重新下载.*记录没有变/],
    ["an XLS on which the reader stops dead", inFolder("behind.xls"), /读不了这个文件.*记录没有变.*另存为 \.xlsx/],
    ["more rows than are read", inFolder("6001.xlsx"), /行数太多.*只保留本班.*记录没有变/],
    ["more rows than a class has", inFolder("2001.xlsx"), /共 2001 行，一次最多 2000 行.*什么都没有导入/],
    ["headings only", inFolder("headings.xlsx"), /标题行下面没有学生/],
  ];
  const agree = page.getByRole("button", { name: /^导入 \d+ 人$/ });
  await page.goto(`${app.url}/import`);
  for (const [what, file, sentence] of CASES) {
    await test.step(what, async () => {
      await chooseFile(page, file);
      await expect(page.getByRole("alert").filter({ hasText: sentence })).toBeVisible();
      await expect(agree).toHaveCount(0);
      // Some are refused in the second step, when the list has been read.
      const back = page.getByRole("button", { name: "返回修改" });
      if (await back.isVisible()) await back.click();

      await chooseFile(page, inFolder("good.xlsx"));
      await expect(agree).toHaveText("导入 1 人");
      await expect(page.getByText("45 人已在班级里，这份名单没有；不会删除")).toBeVisible();
      await back.click();
    });
  }
  await chooseFile(page, inFolder("good.xlsx"));
  await agree.click();
  await expect(page.getByText("已导入 1 人")).toBeVisible();
  await expectStudents(page, app.url, [...before, rowOf(LATER)]);
});

test("导入花名册: what can be read is read, and every row that cannot is named", async ({ page, app }) => {
  const rows = await startClass(page, app.url);
  for (const { what, file, students, says } of READABLE) {
    await test.step(what, async () => {
      await page.getByRole("link", { name: "更新花名册" }).click();
      await chooseFile(page, inFolder(file));
      if (says) await expect(page.getByRole("main").getByText(says)).toBeVisible();
      await page.getByRole("button", { name: /^新增/ }).click();
      // Here a 学号 is seen whole; the list of the class shows its last digits only.
      const expected = students.map((student) => new RegExp(`^${inPreview(student)}\\s*第`));
      await expect(page.getByRole("main").getByRole("listitem")).toHaveText(expected);
      await page.getByRole("button", { name: `导入 ${students.length} 人` }).click();
      await expect(page.getByText(`已导入 ${students.length} 人`).first()).toBeVisible();
      rows.push(...students.map(rowOf));
      await expect(studentRows(page)).toHaveCount(rows.length);
    });
  }
  await expectStudents(page, app.url, rows);
});

test("恢复: a file that is no whole backup says so, changes nothing, and the good one still opens", async ({ page, app }) => {
  const before = await startClass(page, app.url);
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
  await page.goto(`${app.url}/restore`);
  for (const [what, bytes, sentence] of CASES) {
    await test.step(what, async () => {
      await chooseFile(page, { name: "备份.zip", mimeType: "application/zip", buffer: bytes });
      await expect(page.getByRole("alert")).toHaveText(sentence);
      await expect(page.getByRole("button", { name: "恢复", exact: true })).toHaveCount(0);
      await chooseFile(page, backup);
      await expect(page.getByText("这些记录这里都有了，不用恢复。")).toBeVisible();
      await page.getByRole("button", { name: "换一个文件" }).click();
    });
  }
  await expectStudents(page, app.url, before);
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

/** A class of 45, and what 学生 shows of it. */
async function startClass(page: Page, url: string): Promise<string[]> {
  await page.goto(url);
  await makeClass(page);
  await expect(studentRows(page)).toHaveCount(45);
  return textsOf(page);
}

async function chooseFile(page: Page, file: Parameters<Locator["setInputFiles"]>[0]): Promise<void> {
  await page.locator("input[type=file]").setInputFiles(file);
}

function studentRows(page: Page): Locator {
  return page.getByRole("region", { name: "学生名单" }).getByRole("button");
}

async function textsOf(page: Page): Promise<string[]> {
  // Not the inner text: rows outside of the screen are not drawn.
  return (await studentRows(page).allTextContents()).map(withoutSpaces);
}

/** Who is in the class after a reload: exactly these, in whatever order. */
async function expectStudents(page: Page, url: string, rows: string[]): Promise<void> {
  await page.goto(`${url}/record/students`);
  await expect(studentRows(page)).toHaveCount(rows.length);
  expect((await textsOf(page)).sort()).toEqual([...rows].sort());
}

/** What 学生 shows of a student of whom nothing is recorded yet. */
function rowOf({ no, name, dorm }: Student): string {
  return withoutSpaces(`${name} ${dorm} · 学号尾 ${no.slice(-4)} 未登记`);
}

function withoutSpaces(text: string): string {
  return text.replace(/\s/g, "");
}

/** How the preview names a student. */
function inPreview({ no, name, dorm }: Student): string {
  return [name, no, dorm].join(" · ");
}

function fullWidth(text: string): string {
  return text.replace(/\d/g, (digit) => String.fromCodePoint(digit.codePointAt(0)! + 0xfee0));
}

/** Presses a button that makes a file, and returns where the file is. */
async function saved(page: Page, button: Locator): Promise<string> {
  const arrives = page.waitForEvent("download");
  await button.click();
  const file = await arrives;
  const path = inFolder(file.suggestedFilename());
  await file.saveAs(path);
  return path;
}
