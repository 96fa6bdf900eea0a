// The desk by keys, and tables for a spreadsheet that is open already.
import { classFiles } from "../support/classes";
import { test, expect } from "../support/server";

test("keys lead from screen to screen, to the search and to the clipboard", async ({ page, app }) => {
  test.setTimeout(180_000);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${app.url}/overview`);
  await page.getByLabel("导入班级文件").setInputFiles(classFiles(12));
  await expect(page.getByText("已更新 12 个班")).toBeVisible();

  await page.keyboard.press("Alt+s");
  await expect(page.getByLabel("搜索班级")).toBeFocused();
  await page.keyboard.type("软件");
  await expect(page.locator(".table_overview tbody tr").first()).toContainText("软件");

  const shown = await page.locator(".table_overview tbody tr").count();
  await page.keyboard.press("Alt+c");
  await expect(page.getByText("已复制，可以直接粘贴")).toBeVisible();
  const copied = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const of = async (kind: string) => (await item.getType(kind)).text();
    return { text: await of("text/plain"), html: await of("text/html") };
  });
  const rows = copied.text.trimEnd().split("\n");
  expect(rows).toHaveLength(shown + 1);
  expect(rows[0].split("\t").slice(0, 3)).toEqual(["系部", "年级", "班级"]);
  expect(copied.html.match(/<tr>/g)).toHaveLength(shown + 1);

  await page.keyboard.press("Alt+2");
  await expect(page).toHaveURL(/\/awards$/);
  await expect(page.getByRole("link", { name: "达标评定" })).toHaveAttribute("aria-current", "page");
  await page.keyboard.press("Alt+1");
  await expect(page).toHaveURL(/\/overview$/);
  // Without Alt a key is what somebody types.
  await page.getByLabel("搜索班级").fill("");
  await page.getByLabel("搜索班级").press("2");
  await expect(page).toHaveURL(/\/overview$/);
});
