// When the app cannot open, the person is told what is safe and what to do.
import { expect, test } from "../support/meddler";

test("a damaged app says so and opens again after 重新载入", async ({ page, meddler }) => {
  const html = await (await fetch(meddler.url)).text();
  const [wasm] = /\/wuzha-app-[0-9a-f]+_bg\.wasm/.exec(html)!;
  // Its name is for ever, so the browser keeps the damaged bytes too.
  meddler.changes.set(wasm, () => Buffer.from("not wasm"));
  await page.goto(meddler.url);
  const message = page.getByRole("alert");
  await expect(message).toContainText("没有丢失");
  await expect(message).toContainText("still on this phone");
  meddler.changes.clear();
  await page.getByRole("button", { name: "重新载入" }).click();
  await expect(page.locator("main")).toBeVisible();
  await expect(message).toHaveCount(0);
});

test("a browser without reference types is told to change", async ({ page, app }) => {
  await page.addInitScript(() => { WebAssembly.validate = () => false; });
  await page.goto(app.url);
  await expect(page.getByRole("heading", { name: "请换浏览器" })).toBeVisible();
  await expect(page.getByRole("link", { name: "96110" })).toHaveAttribute("href", "tel:96110");
});

test("without JavaScript the page says what is missing", async ({ browser, app }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(app.url);
  // Playwright finds no text in a <noscript>, so it is named as an element.
  await expect(page.locator("noscript")).toBeVisible();
  await context.close();
});
