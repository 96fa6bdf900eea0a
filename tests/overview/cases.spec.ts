// What only teachers keep: cases that decide an award and name nobody, support in numbers, sealed notes; a student's
// own file, erasing them, and clearing what was kept long enough.
import { basename } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { classFiles, countedByPython, type Counted } from "../support/classes";
import { exportedLedgers, saved } from "../support/desk";
import { openedByOpenpyxl, openedByPythonDocx, type Sheet } from "../support/office";
import { test, expect } from "../support/server";

const CLASSES = 12;

test("a case decides the award of its class, and goes up as a number", async ({ page, app }) => {
  test.setTimeout(300_000);
  const { counted } = await deskWithClasses(page, app.url);
  const one = counted.find((each) => each.students > 0 && each.department)!;
  const people = await peopleOf(page, app.url, one);
  await page.goto(`${app.url}/overview`);
  await page.getByRole("link", { name: /^案件与帮扶/ }).click();

  await test.step("a number that names somebody is refused, and what was typed stays", async () => {
    await page.getByRole("button", { name: "登记案件" }).click();
    await page.getByLabel("发生日期").fill("2021-12-20");
    await page.getByRole("combobox", { name: /^类型/ }).selectOption("刷单返利");
    await page.getByRole("combobox", { name: /^案件的班级/ }).selectOption(one.name);
    await expect(page.getByRole("textbox", { name: "系部" })).toHaveValue(one.department!);
    await page.getByRole("combobox", { name: /^状态/ }).selectOption("核实");
    await page.getByLabel("后续处理").fill("已通知 2021010101 的家长");
    await page.getByRole("button", { name: "保存", exact: true }).click();
    await expect(page.getByRole("alert").filter({ hasText: "连着的数字" })).toBeVisible();
    await expect(page.getByLabel("后续处理")).toHaveValue("已通知 2021010101 的家长");
    await page.getByLabel("后续处理").fill("已谈话，已补课（示例）");
    await page.getByRole("button", { name: "保存", exact: true }).click();
    await expect(caseOf(page, one)).toContainText("计入评定");
  });

  await test.step("it vetoes the award of the class, and the gate says by what", async () => {
    const gate = await gateOnCases(page, app.url, one);
    await expect(gate.locator(".gate__num")).toHaveText("未达到");
    await expect(gate.locator(".chip")).toHaveText("一票否决");
    await expect(gate).toContainText("计入 1 起");
  });

  await test.step("reported in time, it does not count any more; both can be read", async () => {
    await page.goto(`${app.url}/cases`);
    const own = caseOf(page, one);
    await own.getByRole("button").first().click();
    await own.getByRole("button", { name: "修改或补充" }).click();
    await page.getByLabel("报警的日期").fill("2021-12-21");
    await page.getByRole("button", { name: "保存", exact: true }).click();
    await expect(own).toContainText("不计：及时报告");
    await own.getByRole("button", { name: "变更记录" }).click();
    const changes = own.getByRole("region", { name: "变更记录" });
    await expect(changes.getByRole("row").filter({ hasText: "报警" })).toContainText("2021-12-21");
    const gate = await gateOnCases(page, app.url, one);
    await expect(gate.locator(".gate__num")).toHaveText("老师判定");
    await expect(gate).toContainText("计入 0 起，不计 1 起");
  });

  await test.step("where the school counts those too, it does", async () => {
    await page.goto(`${app.url}/cases`);
    await page.getByText("案件计入规则").click();
    await page.getByLabel("及时报告的也计入").check();
    await page.getByRole("button", { name: "保存规则" }).click();
    await expect(caseOf(page, one)).toContainText("计入评定");
  });

  await test.step("the numbers name no class and nobody", async () => {
    const path = await saved(page, "导出案件统计 Excel");
    expect(basename(path)).toMatch(/案件统计_\d{4}-\d\d-\d\d\.xlsx$/);
    const sheets = openedByOpenpyxl(path);
    const all = wordsOf(sheets);
    expect(sheets["案件统计"].rows[1].slice(0, 3)).toEqual(["合计", "已核实", 1]);
    expect(all).toContain("刷单返利");
    for (const found of [...counted.map((each) => each.name), ...people.flat()]) expect(all).not.toContain(found);
  });
});

test("support is counted without names, unknown stays unknown, and a note opens with its passphrase alone", async ({ page, app }) => {
  test.setTimeout(300_000);
  const { counted } = await deskWithClasses(page, app.url);
  const one = counted[0];
  const note = "示例谈话：近期压力较大";
  const open = async () => {
    await page.goto(`${app.url}/cases`);
    await page.getByRole("combobox", { name: /^帮扶的班级/ }).selectOption(one.name);
  };

  await test.step("what is left empty is not 0", async () => {
    await open();
    await page.getByLabel("经济困难（人）").fill("5");
    await page.getByRole("button", { name: "保存人数" }).click();
    await expect(page.getByText("已保存", { exact: true })).toBeVisible();
    await open();
    await expect(page.getByLabel("经济困难（人）")).toHaveValue("5");
    await expect(page.getByLabel("谈心谈话（人次）")).toHaveValue("");
    const { rows } = openedByOpenpyxl(await saved(page, "导出帮扶统计 Excel"))["帮扶统计"];
    const row = rows.find(([name]) => name === one.name)!;
    expect(row[rows[0].indexOf("经济困难（人）")]).toBe(5);
    expect(row[rows[0].indexOf("谈心谈话（人次）")]).toBe("未知");
  });

  await test.step("a note is sealed before it is kept, and nothing readable is", async () => {
    await page.getByLabel("口令").fill("示例口令一二三四");
    await page.getByRole("textbox", { name: "谈话记录", exact: true }).fill(note);
    await page.getByRole("button", { name: "加密保存" }).click();
    await expect(page.getByRole("button", { name: /^查看 .* 的记录$/ })).toBeVisible();
    const stored = await deskLog(page);
    expect(stored).toContain("BEGIN AGE ENCRYPTED FILE");
    expect(stored).not.toContain(note);
  });

  await test.step("another passphrase opens nothing, the right one does", async () => {
    await open();
    const read = page.getByRole("button", { name: /^查看 .* 的记录$/ });
    await page.getByLabel("口令").fill("另一个口令一二三四");
    await read.click();
    await expect(page.getByRole("alert").filter({ hasText: "口令不对" })).toBeVisible();
    await expect(page.getByText(note)).toHaveCount(0);
    await page.getByLabel("口令").fill("示例口令一二三四");
    await read.click();
    await expect(page.getByText(note)).toBeVisible();
  });
});

test("a student gets their own records, and is erased for good", async ({ page, app }) => {
  test.setTimeout(300_000);
  const { files, counted } = await deskWithClasses(page, app.url);
  const one = counted.reduce((a, b) => (a.students > b.students ? a : b));
  const people = await peopleOf(page, app.url, one);
  const [no, name] = people[0];
  await page.getByRole("link", { name: /^个人信息/ }).click();
  await page.getByLabel("清除单位").fill("软件系（示例）");
  await page.getByLabel("学号").fill(no);
  await page.getByRole("button", { name: "查找" }).click();

  await test.step("their file has them and nobody else", async () => {
    const all = wordsOf(openedByOpenpyxl(await saved(page, `导出本人资料（${one.name}）`)));
    expect(all).toContain(no);
    expect(all).toContain(name);
    const others = people.slice(1).flatMap(([other, called]) => (name.includes(called) ? [other] : [other, called]));
    for (const other of others) expect(all).not.toContain(other);
  });

  await test.step("erased after a question, with a certificate that names nobody", async () => {
    await page.getByRole("button", { name: "删除本人资料" }).click();
    await confirm(page, "删除本人资料");
    const certificate = page.getByRole("article");
    await expect(certificate).toContainText("个人信息清除证明");
    await expect(certificate).toContainText(one.name);
    for (const personal of [no, name]) await expect(certificate).not.toContainText(personal);
  });

  await test.step("the ledger of the class has one fewer, and the same file does not bring them back", async () => {
    const left = people.slice(1).map(([other]) => other);
    expect((await peopleOf(page, app.url, one)).map(([other]) => other)).toEqual(left);
    await page.goto(`${app.url}/overview`);
    await page.getByLabel("导入班级文件").setInputFiles(files.find((file) => basename(file) === one.file)!);
    await expect(page.getByText("已更新 0 个班；另有 1 份没有新内容")).toBeVisible();
    expect((await peopleOf(page, app.url, one)).map(([other]) => other)).toEqual(left);
    await page.goto(`${app.url}/privacy`);
    await page.getByLabel("学号").fill(no);
    await page.getByRole("button", { name: "查找" }).click();
    await expect(page.getByText("这台设备上没有这个学号的记录")).toBeVisible();
  });
});

test("what was kept long enough is cleared, with a certificate", async ({ page, app }) => {
  test.setTimeout(300_000);
  const { counted } = await deskWithClasses(page, app.url);
  const gone = counted.slice(0, 2);
  await page.goto(`${app.url}/privacy`);
  await page.getByLabel("清除单位").fill("安保中心（示例）");
  const clear = page.getByRole("button", { name: "清除所选" });
  await expect(clear).toBeDisabled();
  for (const each of gone) await page.getByRole("checkbox", { name: new RegExp(`^${each.name}`) }).check();
  await clear.click();
  const students = gone.reduce((sum, each) => sum + each.students, 0);
  await expect(page.getByRole("dialog")).toContainText(`2 个班的台账：学生 ${students} 人`);
  await confirm(page, "清除所选");

  await test.step("the certificate says how many, and leaves as a document", async () => {
    const certificate = page.getByRole("article");
    await expect(certificate).toContainText(/编号：\d{8}-[0-9A-F]{8}/);
    await expect(certificate).toContainText(`涉及学生${students}人`);
    for (const each of gone) await expect(certificate).toContainText(each.name);
    const document = openedByPythonDocx(await saved(page, "导出证明 Word"));
    expect(document.title).toContain("个人信息清除证明");
    expect(JSON.stringify(document)).toContain("安保中心（示例）");
  });

  await test.step("the classes are gone, and that they were cleared is kept in numbers", async () => {
    await page.getByRole("button", { name: "返回个人信息" }).click();
    const noted = page.getByRole("listitem").filter({ hasText: "到期：2 个班" });
    await expect(noted).toContainText(`学生 ${students} 人`);
    for (const each of gone) await expect(page.getByText(each.name)).toHaveCount(0);
    await page.goto(`${app.url}/overview`);
    await expect(page.getByText(`共 ${CLASSES - 2} 个班`)).toBeVisible();
  });
});

/** A desk with the files of some classes, and what an independent count finds in them. */
async function deskWithClasses(page: Page, url: string): Promise<{ files: string[]; counted: Counted[] }> {
  const files = classFiles(CLASSES);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${url}/overview`);
  await page.getByLabel("导入班级文件").setInputFiles(files);
  await expect(page.getByText(`已更新 ${CLASSES} 个班`)).toBeVisible();
  return { files, counted: countedByPython(files) };
}

/** 学号 and 姓名 of all in a class, as its ledgers have them; the class is open afterwards. */
async function peopleOf(page: Page, url: string, one: Counted): Promise<[string, string][]> {
  await page.goto(`${url}/overview`);
  await page.getByRole("link", { name: one.name }).click();
  const { rows } = (await exportedLedgers(page))["学生台账"];
  const [no, name] = ["学号", "姓名"].map((heading) => rows[0].indexOf(heading));
  return rows.slice(1).map((row) => [String(row[no]), String(row[name])]);
}

/** The case of a class in the list. */
function caseOf(page: Page, one: Counted): Locator {
  return page.getByRole("listitem").filter({ has: page.locator(".fold__hd"), hasText: one.name });
}

/** The gate on cases in the award of a class, opened. */
async function gateOnCases(page: Page, url: string, one: Counted): Promise<Locator> {
  await page.goto(`${url}/awards`);
  const award = page.locator(".fold").filter({ hasText: one.name });
  await award.getByRole("button").first().click();
  return award.getByRole("listitem").filter({ hasText: "没有老师核实的案件" });
}

async function confirm(page: Page, button: string): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name: button }).click();
}

/** Everything that a workbook says. */
function wordsOf(sheets: Record<string, Sheet>): string {
  return JSON.stringify(Object.entries(sheets).map(([name, { rows }]) => [name, rows]));
}

/** What the shelf has stored of the desk's own log, read as text. */
async function deskLog(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await asked(indexedDB.open("wuzha-shelf"));
    const segments = await asked(database.transaction("desk").objectStore("desk").getAll());
    database.close();
    const text = new TextDecoder();
    return segments.map((segment) => (segment instanceof Uint8Array ? text.decode(segment) : String(segment))).join("\n");
  });
}
