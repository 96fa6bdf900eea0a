// 活动 and 辅导员: recorded on a class's phone, counted at a desk.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import { violations } from "../support/axe";
import { saved } from "../support/desk";
import { makeClass, untilSaved } from "../support/monitor";
import { openedByOpenpyxl } from "../support/office";
import { test, expect } from "../support/server";

test("a monitor records what the class held, and a desk counts it", async ({ page, app, browser }) => {
  test.setTimeout(300_000);
  await page.goto(app.url);
  await makeClass(page);
  await page.goto(`${app.url}/record/class`);
  const activities = page.getByRole("region", { name: "活动" });
  const form = page.getByRole("dialog", { name: /活动/ });

  await test.step("before the first, the screen says what belongs there", async () => {
    await expect(activities.getByText("还没有记录活动")).toBeVisible();
    await expect(activities.getByText(/不当作 0/)).toBeVisible();
  });

  await test.step("what cannot be is refused, with the reason beside the field", async () => {
    await activities.getByRole("button", { name: "添加活动" }).click();
    await form.getByLabel("主题").fill("联系人 139 0000 0000");
    await form.getByRole("button", { name: "保存" }).click();
    await expect(form.getByRole("alert")).toContainText("11 位连续数字");
    await form.getByLabel("主题").fill("防范电信网络诈骗");
    await form.getByLabel("参加人数").fill("0");
    await form.getByRole("button", { name: "保存" }).click();
    await expect(form.getByRole("alert")).toContainText("1 到 99999");
    await form.getByLabel("日期").fill("2051-01-07");
    await form.getByRole("button", { name: "保存" }).click();
    await expect(form.getByRole("alert")).toContainText("还没到");
    expect(await violations(page)).toEqual([]);
  });

  await test.step("a class meeting fills the item of the checklist that asks for one", async () => {
    const item = page.getByRole("listitem").filter({ hasText: "防诈主题班会" }).first();
    await form.getByLabel("日期").fill("2021-12-26");
    await form.getByLabel("参加人数").fill("45");
    await form.getByRole("button", { name: "保存" }).click();
    await expect(form).toBeHidden();
    await untilSaved(page);
    await expect(activities.getByRole("button", { name: /主题班会.*2021-12-26.*45 人/ })).toBeVisible();
    await expect(item.getByText("自动得出：有班会记录")).toBeVisible();
    await expect(item.getByRole("radio", { name: "合格", exact: true })).toBeChecked();
  });

  await test.step("another is added, changed, and taken off the list by mistake: 撤销 brings it back", async () => {
    await add(page, "讲座", { 日期: "2021-12-27", 合作单位: "派出所（示例）" });
    const lecture = activities.getByRole("button", { name: /讲座.*人数未知/ });
    await lecture.click();
    await form.getByLabel("参加人数").fill("180");
    await form.getByRole("button", { name: "保存" }).click();
    await activities.getByRole("button", { name: /讲座.*180 人/ }).click();
    await form.getByRole("button", { name: "删除" }).click();
    await expect(activities.getByRole("button", { name: /讲座/ })).toHaveCount(0);
    await page.getByRole("button", { name: "撤销" }).click();
    await expect(activities.getByRole("button", { name: /讲座.*180 人/ })).toBeVisible();
    await add(page, "宣传", { 日期: "2021-12-27" });
    await page.getByRole("button", { name: "撤销" }).click();
    await expect(activities.getByRole("button", { name: /宣传/ })).toHaveCount(0);
    await untilSaved(page);
  });

  await test.step("all of it is there after the app was closed", async () => {
    await page.reload();
    await expect(activities.getByRole("button", { name: /讲座.*180 人/ })).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });

  await test.step("the counsellor is named in the settings", async () => {
    await page.goto(`${app.url}/settings`);
    await page.getByLabel("辅导员").fill("王 老师");
    await page.getByLabel("辅导员").blur();
    await expect(page.getByRole("status").getByText("已改辅导员")).toBeVisible();
    await expect(page.getByLabel("辅导员")).toHaveValue("王老师");
  });

  const backup = await test.step("the class's own ledger has a sheet of them", async () => {
    await page.goto(`${app.url}/handin`);
    const sheets = openedByOpenpyxl(await saved(page, "导出 Excel 台账"));
    const [headings, ...rows] = sheets["活动"].rows;
    const column = (heading: string) => rows.map((row) => row[headings.indexOf(heading)]);
    expect(column("类型")).toEqual(["讲座", "主题班会"]);
    expect(column("日期")).toEqual(["2021-12-27 00:00", "2021-12-26 00:00"]);
    expect(column("人数")).toEqual([180, 45]);
    return backedUp(page);
  });

  const desk = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await test.step("a desk shows how often and with how many, and of the class without any that it is not known", async () => {
    await desk.goto(`${app.url}/overview`);
    const other = await withoutActivities(await browser.newContext(), app.url);
    await desk.getByLabel("导入班级文件").setInputFiles([backup, other]);
    await expect(desk.getByText("已更新 2 个班")).toBeVisible();
    const cell = (name: string) =>
      desk.getByRole("row", { name: new RegExp(name) }).getByRole("cell").nth(9);
    await expect(cell("软件2101班")).toHaveText("2 次225 人次");
    await expect(cell("机电2101班")).toHaveText("未知");
    await expect(desk.getByText("活动：2 个班中 1 个班有记录，225 人次（2/2 次记了人数）")).toBeVisible();
  });

  await test.step("the overview is narrowed to a counsellor, and to who has none", async () => {
    const filter = desk.getByRole("combobox", { name: /^辅导员/ });
    await filter.selectOption({ label: "王老师" });
    await expect(desk.getByRole("link", { name: /软件2101班/ })).toBeVisible();
    await expect(desk.getByRole("link", { name: /机电2101班/ })).toHaveCount(0);
    await filter.selectOption({ label: "未填写" });
    await expect(desk.getByRole("link", { name: /机电2101班/ })).toBeVisible();
    await expect(desk.getByRole("link", { name: /软件2101班/ })).toHaveCount(0);
    expect(await violations(desk)).toEqual([]);
  });

  await test.step("the history of the class says who recorded what", async () => {
    await desk.getByRole("combobox", { name: /^辅导员/ }).selectOption({ label: "全部" });
    await desk.getByRole("link", { name: /软件2101班/ }).click();
    await desk.getByRole("button", { name: "变更记录" }).click();
    const changes = desk.getByRole("region", { name: "变更记录" });
    await expect(changes.getByRole("row", { name: /活动 .* 人数.*180 人/ }).first()).toBeVisible();
    await expect(changes.getByRole("row", { name: /辅导员.*王老师/ })).toBeVisible();
  });
});

/** Adds an activity of a kind on the class's screen. */
async function add(page: Page, kind: string, fields: Record<string, string>): Promise<void> {
  await page.getByRole("region", { name: "活动" }).getByRole("button", { name: "添加活动" }).click();
  const form = page.getByRole("dialog", { name: "添加活动" });
  await form.getByRole("button", { name: kind, exact: true }).click();
  for (const [label, value] of Object.entries(fields)) await form.getByLabel(label).fill(value);
  await form.getByRole("button", { name: "保存" }).click();
  await expect(form).toBeHidden();
}

/** The backup of a class that recorded nothing but its list. */
async function withoutActivities(context: BrowserContext, url: string): Promise<string> {
  const phone = await context.newPage();
  await phone.goto(url);
  await phone.getByRole("link", { name: /我是班长/ }).click();
  await phone.getByLabel("班级名").fill("机电2101班（示例）");
  await phone.getByRole("button", { name: /下一步/ }).click();
  await phone.getByLabel("粘贴名单").fill("学号\t姓名\nSL210201\t示例一");
  await phone.getByRole("button", { name: "读取名单" }).click();
  await phone.getByRole("button", { name: "导入 1 人" }).click();
  await expect(phone.getByText("已导入 1 人")).toBeVisible();
  await phone.goto(`${url}/handin`);
  return backedUp(phone);
}

/** The backup of the class on this phone; where the file is. */
async function backedUp(phone: Page): Promise<string> {
  const arrives = phone.waitForEvent("download");
  await phone.getByRole("button", { name: "备份", exact: true }).click();
  const file = await arrives;
  const path = join(mkdtempSync(join(tmpdir(), "wuzha-other-")), file.suggestedFilename());
  await file.saveAs(path);
  return path;
}
