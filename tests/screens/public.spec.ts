// The screens that need no class: readable by everyone, in both languages and both themes.
import { expectReadable } from "../support/pictures";
import { test, expect } from "../support/server";

const screens = { home: "/", help: "/help", download: "/download", lost: "/nowhere" };

test("被骗了怎么办 is one tap away and calls 110 and 96110", async ({ page, app }) => {
  await page.goto(app.url);
  await page.getByRole("link", { name: /被骗了怎么办/ }).click();
  await expect(page.getByRole("heading", { name: "被骗了怎么办" })).toBeVisible();
  await expect(page.getByRole("link", { name: /^110/ })).toHaveAttribute("href", "tel:110");
  await expect(page.getByRole("link", { name: /^96110/ })).toHaveAttribute("href", "tel:96110");
});

test("the language is switched on the spot and remembered", async ({ page, app }) => {
  await page.goto(`${app.url}/help`);
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("heading", { name: "Defrauded? Do this" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.reload();
  await expect(page.getByRole("heading", { name: "Defrauded? Do this" })).toBeVisible();
});

test("an unknown address leads back to the first screen", async ({ page, app }) => {
  await page.goto(`${app.url}/nowhere`);
  await page.getByRole("link", { name: "回到首页" }).click();
  await expect(page.getByRole("heading", { name: "防骗，从这里开始" })).toBeVisible();
});

for (const [name, path] of Object.entries(screens)) {
  test(`${name} is readable in both themes and both languages`, async ({ page, app }) => {
    await page.goto(app.url + path);
    for (const language of ["zh-CN", "en"]) {
      if (language === "en") await page.getByRole("button", { name: "English" }).click();
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expect(page.locator("#splash")).toHaveCount(0);
      await expectReadable(page, name, language);
    }
  });
}
