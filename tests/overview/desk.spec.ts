// What a teacher does with the classes on the shelf: the history of a record, the work summary.
import { basename } from "node:path";
import { classFiles, countedByPython } from "../support/classes";
import { saved } from "../support/desk";
import { openedByPythonDocx } from "../support/office";
import { test, expect } from "../support/server";

test("a record's history is read, and the summary leaves as a document", async ({ page, app }) => {
  test.setTimeout(300_000);
  const files = classFiles(12);
  const counted = countedByPython(files);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${app.url}/overview`);
  await page.getByLabel("导入班级文件").setInputFiles(files);
  await expect(page.getByText("已更新 12 个班")).toBeVisible();

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
