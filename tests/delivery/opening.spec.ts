// The app opens: the first time from the network, from the second time on without one.
import { test, expect } from "../support/server";
import { activeBuild, caches, untilOffline } from "../support/precache";

const splash = "#splash";

test("the first opening ends in the app, without errors in the console", async ({ page, app }) => {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(app.url);
  await expect(page.locator(splash)).toHaveCount(0);
  await expect(page.locator("#boot-failed, #unsupported").filter({ visible: true })).toHaveCount(0);
  await expect(page.locator("main")).toBeVisible();
  await untilOffline(page);
  expect(errors).toEqual([]);
});

test("no request leaves the origin", async ({ page, app }) => {
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(app.url)) elsewhere.push(request.url());
  });
  await page.goto(app.url);
  await untilOffline(page);
  expect(elsewhere).toEqual([]);
});

test("the second opening works without a server", async ({ page, app }) => {
  await page.goto(app.url);
  await untilOffline(page);
  await app.stop();
  await page.reload();
  await expect(page.locator("main")).toBeVisible();
  await expect(page.locator(splash)).toHaveCount(0);
});

test("every screen opens without a server, and every file of the app is there", async ({ page, app }) => {
  await page.goto(app.url);
  await untilOffline(page);
  await app.stop();
  await page.goto(`${app.url}/help?from=wechat#top`);
  await expect(page.locator("main")).toBeVisible();
  const status = await page.evaluate(async () => {
    const paths = ["/wuzha-worker_loader.js", "/wuzha-worker_bg.wasm", "/manifest.webmanifest"];
    return Promise.all(paths.map(async (path) => (await fetch(path)).status));
  });
  expect(status).toEqual([200, 200, 200]);
});

test("the service worker leaves the API, other methods and the health check to the server", async ({ page, app }) => {
  await page.goto(app.url);
  await untilOffline(page);
  const ask = () => page.evaluate(async () => {
    const requests = [fetch("/v1/bundles/1"), fetch("/index.html", { method: "POST" }), fetch("/healthz")];
    const answers = await Promise.allSettled(requests);
    return answers.map((answer) => answer.status === "fulfilled" ? answer.value.status : "no network");
  });
  expect(await ask()).toEqual([404, 405, 200]);
  await app.stop();
  expect(await ask()).toEqual(["no network", "no network", "no network"]);
});

test("there is one cache, named after the build that page and service worker agree on", async ({ page, app }) => {
  await page.goto(app.url);
  await untilOffline(page);
  const build = await page.locator("html").getAttribute("data-build");
  expect(build).toMatch(/^[0-9a-f]{12}$/);
  expect(await activeBuild(page)).toBe(build);
  expect(await caches(page)).toEqual([`wuzha-${build}`]);
});
