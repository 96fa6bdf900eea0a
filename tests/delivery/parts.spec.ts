// The app comes in parts: the first screen needs one, and each of the others is fetched when a screen of
// it is opened, unless the service worker has put all of them on the phone before.
import { expect, test } from "../support/server";
import { untilOffline } from "../support/precache";

const PART = /\/wuzha-(?!app|worker)[a-z0-9-]+-[0-9a-f]{12,16}\.wasm$/;

test.describe("before the app is installed", () => {
  test.use({ serviceWorkers: "block" });

  test("the first screen asks for no further part, another screen for its own", async ({ page, app }) => {
    const asked: string[] = [];
    page.on("request", (request) => { if (PART.test(request.url())) asked.push(request.url()); });
    await page.goto(app.url);
    await expect(page.getByRole("link", { name: /我是班长/ })).toBeVisible();
    await page.getByRole("link", { name: "被骗了怎么办" }).click();
    await expect(page.getByRole("link", { name: /^110/ })).toBeVisible();
    await page.waitForLoadState("networkidle");
    expect(asked).toEqual([]);
    await page.goto(`${app.url}/download`);
    await expect(page.getByRole("heading", { name: "安装步骤" })).toBeVisible();
    expect(asked.some((url) => url.includes("/wuzha-download-"))).toBe(true);
  });

  test("a part that does not arrive is said; the rest works, and 再试一次 opens it", async ({ page, app }) => {
    await page.route(PART, (route) => route.abort());
    await page.goto(`${app.url}/class/new`);
    await expect(page.getByRole("heading", { name: "这一页没能打开" })).toBeVisible();
    await expect(page.getByRole("alert")).toContainText("您的记录都在");
    await page.goto(`${app.url}/help`);
    await expect(page.getByRole("link", { name: /^110/ })).toBeVisible();
    await page.goto(`${app.url}/class/new`);
    await expect(page.getByRole("alert")).toBeVisible();
    await page.unroute(PART);
    await page.getByRole("button", { name: "再试一次" }).click();
    await expect(page.getByLabel("班级名")).toBeVisible();
  });
});

test("once installed, every part is on the phone and no tap fetches one", async ({ page, app }) => {
  await page.goto(app.url);
  await untilOffline(page);
  await app.stop();
  for (const [path, heading] of [["/class/new", "建班级"], ["/download", "安装步骤"], ["/settings", "设置"], ["/teacher", "给老师"]]) {
    await page.goto(app.url + path);
    await expect(page.getByRole("heading", { name: heading }).first(), path).toBeVisible();
  }
});
