// A backup that may lie anywhere: sealed with a passphrase, opened by it alone.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeClass, tab, untilSaved } from "../support/monitor";
import { openedWithPassphrase } from "../support/office";
import { STUDENTS } from "../support/roster";
import { test, expect } from "../support/server";

const PASSPHRASE = "示例口令一二三四";

test("a sealed backup is opened by its passphrase alone, on another phone and by the program age", async ({ page, app, browser }) => {
  await page.goto(app.url);
  await makeClass(page);
  await untilSaved(page);
  await tab(page, "上交");
  await page.getByLabel("口令").fill("七个字不够呀。");
  await expect(page.getByRole("button", { name: "加密备份" })).toBeDisabled();
  await page.getByLabel("口令").fill(PASSPHRASE);
  const arrives = page.waitForEvent("download");
  await page.getByRole("button", { name: "加密备份" }).click();
  const download = await arrives;
  expect(download.suggestedFilename()).toMatch(/^软件2101班（示例）_加密备份_\d{4}-\d\d-\d\d\.zip\.age$/);
  const file = join(mkdtempSync(join(tmpdir(), "wuzha-sealed-")), "backup.zip.age");
  await download.saveAs(file);

  const opened = openedWithPassphrase(file, PASSPHRASE);
  expect(opened.subarray(0, 2).toString()).toBe("PK");
  expect(opened.includes("ops.jsonl")).toBe(true);

  const another = await (await browser.newContext()).newPage();
  await another.goto(`${app.url}/restore`);
  await another.locator("input[type=file]").setInputFiles(file);
  await another.getByLabel("口令").fill("另外一个口令示例");
  await another.getByRole("button", { name: "打开备份" }).click();
  await expect(another.getByText("口令不对")).toBeVisible();
  await another.getByLabel("口令").fill(PASSPHRASE);
  await another.getByRole("button", { name: "打开备份" }).click();
  await another.getByRole("button", { name: "恢复", exact: true }).click();
  await another.getByRole("link", { name: "去看看" }).click();
  await tab(another, "登记");
  for (const { name } of [STUDENTS[0], STUDENTS[44]]) await expect(another.getByRole("button", { name: new RegExp(name) })).toBeVisible();
  await another.context().close();
});
