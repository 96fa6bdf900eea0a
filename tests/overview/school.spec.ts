// A teacher drops the files of 64 classes: the overview is right to the digit, by an independent count.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Page } from "@playwright/test";
import { classFiles, countedByPython, type Counted, type Share } from "../support/classes";
import { openedByOpenpyxl } from "../support/office";
import { untilOffline } from "../support/precache";
import { test, expect } from "../support/server";

const COUNT = 64;
/** The columns after the class's name, as the screen has them. */
const COLUMNS = ["registered", "warning_on", "pledge", "notice", "quiz_taken", "quiz_passed", "average", "dorms_inspected", "dorms_met", "activities"] as const;

test("the files of 64 classes make an overview that is right to the digit", async ({ page, app }) => {
  test.setTimeout(400_000);
  const files = classFiles(COUNT);
  const counted = countedByPython(files);
  const foreign = join(mkdtempSync(join(tmpdir(), "wuzha-foreign-")), "通讯录.zip");
  writeFileSync(foreign, "PK，不是备份");
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${app.url}/overview`);
  await untilOffline(page);

  await test.step("all files at once; one that is none is named, and the others are read", async () => {
    await expect(page.getByText("还没有班级")).toBeVisible();
    await page.getByLabel("导入班级文件").setInputFiles([foreign, ...files]);
    await expect(page.getByText(`已更新 ${COUNT} 个班`)).toBeVisible({ timeout: 120_000 });
    await expect(page.getByRole("alert")).toContainText(/通讯录\.zip：/);
    await expect(page.getByText(`共 ${COUNT} 个班`)).toBeVisible();
  });

  await test.step("every figure of every class is what an independent count finds", async () => {
    await expect.poll(async () => (await rows(page)).length).toBe(COUNT);
    const shown = await rows(page);
    for (const each of counted) {
      const row = shown.find(([head]) => head.startsWith(each.name));
      expect(row?.slice(1, 1 + COLUMNS.length), each.name).toEqual(COLUMNS.map((column) => expectedCell(each, column)));
    }
  });

  await test.step("who is behind comes first, and who is unknown before that", async () => {
    const order = (await rows(page)).map(([, registered]) => (registered === "未知" ? -1 : parseFloat(registered)));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  await test.step("narrowed to a counsellor, and to the classes that have not filled one in", async () => {
    const filter = page.getByRole("combobox", { name: /^辅导员/ });
    const counsellor = counted.find((each) => each.counsellor)!.counsellor!;
    for (const [choice, of] of [[counsellor, counsellor], ["未填写", null]] as const) {
      await filter.selectOption({ label: choice });
      const own = counted.filter((each) => each.counsellor === of).map((each) => each.name);
      await expect.poll(async () => (await rows(page)).length).toBe(own.length);
      const shown = (await rows(page)).map(([head]) => own.find((name) => head.startsWith(name)));
      expect(shown.sort()).toEqual(own.sort());
    }
    await filter.selectOption({ label: "全部" });
  });

  await test.step("who recorded no activity comes before who recorded few", async () => {
    await page.getByRole("button", { name: "活动", exact: true }).click();
    const times = () => rows(page).then((all) => all.map((row) => parseInt(row[COLUMNS.length]) || 0));
    const ascending = async () => {
      const found = await times();
      return found.length === COUNT && found.every((each, at) => at === 0 || found[at - 1] <= each);
    };
    await expect.poll(ascending).toBe(true);
    await page.getByRole("button", { name: "注册率", exact: true }).click();
    // The rows come by and by, and in the other order no sooner than that.
    const behindFirst = async () => {
      const order = (await rows(page)).map(([, registered]) => (registered === "未知" ? -1 : parseFloat(registered)));
      return order.length === COUNT && order.every((each, at) => at === 0 || order[at - 1] <= each);
    };
    await expect.poll(behindFirst).toBe(true);
  });

  await test.step("the same files again change nothing", async () => {
    const before = await rows(page);
    await page.getByLabel("导入班级文件").setInputFiles(files.slice(0, 5));
    await expect(page.getByText("已更新 0 个班；另有 5 份没有新内容")).toBeVisible();
    await expect.poll(() => rows(page)).toEqual(before);
  });

  await test.step("narrowed to a department, and exported: openpyxl finds the same figures", async () => {
    const department = counted.find((each) => each.department)!.department!;
    await page.getByRole("combobox", { name: /^系部/ }).selectOption(department);
    const own = counted.filter((each) => each.department === department);
    await expect(page.getByText(`${own.length} 个班，共 ${COUNT} 个`)).toBeVisible();
    const arrives = page.waitForEvent("download");
    await page.getByRole("button", { name: "导出总览 Excel" }).click();
    const file = await arrives;
    expect(file.suggestedFilename()).toMatch(/^班级总览_\d{4}-\d\d-\d\d\.xlsx$/);
    const path = join(mkdtempSync(join(tmpdir(), "wuzha-overview-")), file.suggestedFilename());
    await file.saveAs(path);
    const { rows: lines } = openedByOpenpyxl(path)["总览"];
    const [headings] = lines;
    for (const each of own) {
      const line = lines.find((line) => line.includes(each.name));
      expect(line, each.name).toContain(each.students);
      expect(line![headings.indexOf("活动")], each.name).toBe(each.activities?.times ?? "未知");
      if (each.counsellor) expect(lines.flat(), "no file that goes up").not.toContain(each.counsellor);
    }
    for (const each of counted.filter((each) => each.department !== department)) {
      expect(lines.flat(), each.name).not.toContain(each.name);
    }
  });

  await test.step("without a network, after a reload, all of it is there, and one class in full", async () => {
    await page.waitForFunction(() => caches.match("/wuzha-shelf_bg.wasm"));
    await page.context().setOffline(true);
    await page.reload();
    await expect(page.getByText(`共 ${COUNT} 个班`)).toBeVisible();
    const largest = counted.reduce((a, b) => (a.students > b.students ? a : b));
    await page.getByLabel("搜索班级").fill(largest.name);
    await page.getByRole("link", { name: largest.name }).click();
    await page.getByRole("button", { name: "学生台账" }).click();
    await expect(page.getByRole("region", { name: "学生台账" }).getByRole("row")).toHaveCount(largest.students + 1);
    const arrives = page.waitForEvent("download");
    await page.getByRole("button", { name: "导出 Excel 台账" }).click();
    expect(basename((await arrives).suggestedFilename())).toContain("反诈台账");
  });
});

/** The texts of each row of the overview but the headings, cell by cell, with spaces of one kind. */
async function rows(page: Page): Promise<string[][]> {
  return page.evaluate(() => {
    const rows = [...document.querySelectorAll(".table_overview tbody tr")];
    return rows.map((row) => [...row.children].map((cell) => (cell as HTMLElement).textContent!.trim().replaceAll("\u00a0", " ")));
  });
}

function expectedCell(each: Counted, column: (typeof COLUMNS)[number]): string {
  if (column === "activities") return held(each.activities);
  if (column === "average") return each.average_first ? floored(each.average_first) : "未知";
  return share(each[column]);
}

/** As the screen writes a share: unknown is not 0. */
function share({ met, unmet, unknown }: Share): string {
  const of = met + unmet + unknown;
  if (met + unmet === 0) return "未知";
  const rest = unknown > 0 ? ` 未知 ${unknown}` : "";
  return `${percent(met, of)}${met}/${of}${rest}`;
}

/** As the screen writes how often something was held, and with how many people. */
function held(activities: Counted["activities"]): string {
  if (!activities) return "未知";
  const { times, people, counted } = activities;
  if (counted === 0) return `${times} 次人次未知`;
  return `${times} 次${people} 人次${counted < times ? ` 未知 ${times - counted}` : ""}`;
}

/** One decimal, rounded as spreadsheets do; but only all is 100 %, and only none is 0. */
function percent(met: number, of: number): string {
  const rounded = Math.floor((met * 1000 + Math.floor(of / 2)) / of);
  const tenths = met === 0 || met >= of ? rounded : Math.min(Math.max(rounded, 1), 999);
  return `${(tenths / 10).toFixed(1)}%`;
}

/** One decimal, rounded down, so that 100 means all. */
function floored({ students, sum }: { students: number; sum: number }): string {
  return (Math.floor(sum / students / 10) / 10).toFixed(1);
}
