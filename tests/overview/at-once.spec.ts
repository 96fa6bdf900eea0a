// Many files at once, and two tabs at once: a class is on the shelf one time, with all that any file holds.
import { copyFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { classFiles, countedByPython, operationsOf, type Counted } from "../support/classes";
import { test, expect } from "../support/server";

test("an older and a newer file of a class in one drop are one class, with what is newer", async ({ page, app }) => {
  const files = classFiles(6);
  const counted = countedByPython(files);
  const richest = counted.reduce((a, b) => (a.registered.met > b.registered.met ? a : b));
  const newer = files.find((file) => file.endsWith(richest.file))!;
  const folder = mkdtempSync(join(tmpdir(), "wuzha-older-"));
  const older = join(folder, "旧的.jsonl");
  const lines = operationsOf(newer);
  writeFileSync(older, lines.slice(0, lines.length / 2).join("\n"));
  const again = join(folder, "又一份.zip");
  copyFileSync(newer, again);

  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${app.url}/overview`);
  await page.getByLabel("导入班级文件").setInputFiles([older, newer, again, ...files.filter((file) => file !== newer)]);
  await expect(page.getByText("已更新 7 个班；另有 1 份没有新内容")).toBeVisible();
  await expect(page.getByText("共 6 个班")).toBeVisible();
  await expectFigures(page, counted);
});

test("two tabs that take in the same files put each class on the shelf once", async ({ page, app, context }) => {
  const files = classFiles(24);
  const counted = countedByPython(files);
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.setViewportSize({ width: 1280, height: 800 });
    await tab.goto(`${app.url}/overview`);
    await expect(tab.getByText("还没有班级")).toBeVisible();
  }
  const taken = [page, other].map(async (tab) => {
    await tab.getByLabel("导入班级文件").setInputFiles(files);
    await expect(tab.getByText(/^已更新 \d+ 个班|没有新的内容/)).toBeVisible({ timeout: 60_000 });
  });
  await Promise.all(taken);
  await page.reload();
  await expect(page.getByText(`共 ${files.length} 个班`)).toBeVisible();
  await expectFigures(page, counted);
});

/** Each class stands in the table once, with as many registered as an independent count finds. */
async function expectFigures(page: Page, counted: Counted[]): Promise<void> {
  for (const { name, registered } of counted) {
    const row = page.locator(".table_overview tbody tr").filter({ has: page.getByRole("link", { name }) });
    await expect(row).toHaveCount(1);
    const { met, unmet, unknown } = registered;
    await expect(row.locator("td").first()).toContainText(met + unmet === 0 ? "未知" : `${met}/${met + unmet + unknown}`);
  }
}
