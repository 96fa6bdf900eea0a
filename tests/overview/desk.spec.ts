// What a teacher does with the classes on the shelf: awards with a review, the history of a record, the work summary.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Page } from "@playwright/test";
import { classFiles, countedByPython } from "../support/classes";
import { openedByOpenpyxl, openedByPythonDocx } from "../support/office";
import { test, expect } from "../support/server";

test("awards are reviewed, a record's history is read, and the summary leaves as a document", async ({ page, app }) => {
  test.setTimeout(300_000);
  const files = classFiles(12);
  const counted = countedByPython(files);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${app.url}/overview`);
  await page.getByLabel("导入班级文件").setInputFiles(files);
  await expect(page.getByText("已更新 12 个班")).toBeVisible();

  await test.step("each class stands as its gates say, until somebody decides, with a reason", async () => {
    await page.getByRole("link", { name: /^达标评定/ }).click();
    const filter = (name: string) => page.getByRole("button", { name: new RegExp(`^${name}`) });
    await expect(filter("全部")).toHaveText(/12/);
    // Nothing is given by the records alone: what teachers know is still open.
    await expect(filter("达标")).toHaveText(/0/);
    const one = page.locator("details").filter({ hasText: "不达标" }).first();
    const name = (await one.locator("summary .strong").innerText()).split("\n")[0];
    await one.locator("summary").click();
    await expect(one.getByText("未达到").first()).toBeVisible();
    const given = one.getByRole("button", { name: "评为达标", exact: true });
    await expect(given).toBeDisabled();
    await one.getByLabel(/理由/).fill("已逐项核实（示例）");
    await given.click();
    await expect(filter("达标")).toHaveText(/1/);
    await page.reload();
    const reviewed = page.locator("details").filter({ hasText: name });
    await expect(reviewed).toContainText("人工复核");
    await reviewed.locator("summary").click();
    await expect(reviewed.getByText(/评为达标：已逐项核实（示例）/)).toBeVisible();
    const sheets = openedByOpenpyxl(await saved(page, "导出评定结果 Excel"));
    expect(sheets["公示名单"].rows.slice(1).map((row) => row[2])).toEqual([name]);
    expect(sheets["评定结果"].rows).toHaveLength(12 + 1);
  });

  await test.step("who changed what, from what to what", async () => {
    await page.goto(`${app.url}/overview`);
    const busy = counted.find((each) => each.registered.met > 10)!;
    await page.getByRole("link", { name: busy.name }).click();
    await page.getByRole("button", { name: "变更记录" }).click();
    const table = page.getByRole("region", { name: "变更记录" });
    await expect(table.getByRole("columnheader")).toHaveText(["时间", "记录人", "对象", "项目", "原来", "改为"]);
    await expect(table.getByRole("row").filter({ hasText: "APP状态" }).first()).toBeVisible();
  });

  await test.step("the summary has the overview's figures, keeps what a person writes, and opens in other programs", async () => {
    await page.goto(`${app.url}/report`);
    await page.getByLabel("单位名称").fill("示例系");
    await page.getByRole("button", { name: "起草" }).click();
    await expect(page.getByText(/还有 \d+ 处要填写/)).toBeVisible();
    const students = counted.reduce((sum, each) => sum + each.students, 0);
    const registered = counted.reduce((sum, each) => sum + each.registered.met, 0);
    const own = page.getByRole("textbox", { name: /^一、.*正文/ }).first();
    await own.fill("这一段是老师自己写的（示例）。");
    await page.reload();
    await page.getByRole("button", { name: "起草" }).click();
    await expect(own).toHaveValue("这一段是老师自己写的（示例）。");
    const path = await saved(page, "导出 Word");
    expect(basename(path)).toMatch(/^示例系_工作总结_\d{4}-\d\d-\d\d\.docx$/);
    const text = JSON.stringify(openedByPythonDocx(path));
    for (const found of ["这一段是老师自己写的（示例）。", `${students}`, `${registered}`]) expect(text).toContain(found);
  });
});

/** Presses a button that makes a file; where the file is. */
async function saved(page: Page, button: string): Promise<string> {
  const arrives = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  const file = await arrives;
  const path = join(mkdtempSync(join(tmpdir(), "wuzha-desk-")), file.suggestedFilename());
  await file.saveAs(path);
  return path;
}
