// A file that takes long to make: how far it is can be seen, and it can be given up.
import { makeClass, tab, untilSaved } from "../support/monitor";
import { test, expect } from "../support/server";

// The worker is held on its way to the phone, which is how an export takes long on a slow line.
test.use({ serviceWorkers: "block" });

test("an export shows that it is under way, 取消 ends it, and it can be made again", async ({ page, app }) => {
  await page.goto(app.url);
  await makeClass(page);
  await untilSaved(page);
  await tab(page, "上交");

  let letGo = () => {};
  const held = new Promise<void>((resolve) => { letGo = resolve; });
  await page.route("**/wuzha-worker_bg.wasm", async (route) => {
    await held;
    await route.continue().catch(() => {});
  });
  const files: string[] = [];
  page.on("download", (file) => files.push(file.suggestedFilename()));

  await page.getByRole("button", { name: "Excel 台账" }).click();
  await expect(page.getByText("正在生成：")).toBeVisible();
  await expect(page.getByRole("progressbar")).toBeVisible();
  await page.getByRole("button", { name: "取消" }).click();
  await expect(page.getByText("已取消，没有生成文件。记录没有变化。")).toBeVisible();
  await expect(page.getByRole("progressbar")).toHaveCount(0);

  letGo();
  const arrives = page.waitForEvent("download");
  await page.getByRole("button", { name: "Excel 台账" }).click();
  expect((await arrives).suggestedFilename()).toMatch(/^软件2101班（示例）_反诈台账_\d{4}-\d{2}-\d{2}\.xlsx$/);
  // The one that was given up did not come after all.
  expect(files.length).toBe(1);
});
