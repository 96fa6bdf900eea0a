// A version is installed whole or not at all, and takes over only when the person agrees.
import type { Page } from "@playwright/test";
import { expect, oneWrongByte, test, type Change } from "../support/meddler";
import { activeBuild, caches, untilInstallFailed, untilOffline } from "../support/precache";

const NEXT = "0123456789ab";

/** The service worker of a next build with the same files. Only the build id is 12 digits in quotes. */
const nextBuild: Change = (bytes) =>
  Buffer.from(bytes.toString().replace(/"[0-9a-f]{12}"/, `"${NEXT}"`));

/** A service worker that expects a file which does not exist. */
const wrongHash: Change = (bytes) =>
  Buffer.from(bytes.toString().replace(/("\/boot\.js","[0-9a-f]{8})[0-9a-f]{8}/, "$100000000"));

const isUpdateWaiting = (page: Page) =>
  page.waitForFunction(() => document.documentElement.dataset.update === "waiting");

const lookForUpdate = (page: Page) =>
  page.evaluate(async () => { await (await navigator.serviceWorker.ready).update(); });

/** Looks for an update and waits until its installation has been given up. */
const lookForUpdateThatFails = (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const givenUp = new Promise<void>((resolve) => {
      registration.addEventListener("updatefound", () => {
        const worker = registration.installing!;
        worker.addEventListener("statechange", () => { if (worker.state === "redundant") resolve(); });
      });
    });
    await registration.update();
    await givenUp;
  });

for (const file of ["/icons/icon-512.png", "/wuzha-worker_bg.wasm"]) {
  test(`one wrong byte in ${file} fails the installation and leaves nothing behind`, async ({ page, meddler }) => {
    meddler.changes.set(file, oneWrongByte);
    await page.goto(meddler.url);
    await untilInstallFailed(page);
    expect(await caches(page)).toEqual([]);
    await expect(page.locator("main"), "the app itself still works").toBeVisible();
  });
}

test("a later attempt installs what failed before", async ({ page, meddler }) => {
  meddler.changes.set("/icons/icon-512.png", oneWrongByte);
  await page.goto(meddler.url);
  await untilInstallFailed(page);
  meddler.changes.clear();
  await page.reload();
  await untilOffline(page);
  expect(await caches(page)).toHaveLength(1);
});

test("an update waits until the person agrees, then the page reloads once", async ({ page, meddler }) => {
  await page.goto(meddler.url);
  await untilOffline(page);
  const before = await activeBuild(page);
  meddler.changes.set("/sw.js", nextBuild);
  await lookForUpdate(page);
  await isUpdateWaiting(page);
  expect(await activeBuild(page), "nothing changes by itself").toBe(before);

  let loads = 0;
  page.on("load", () => { loads += 1; });
  await page.evaluate(() => { dispatchEvent(new Event("wuzha:apply-update")); });
  await expect.poll(() => loads).toBe(1);
  await untilOffline(page);
  expect(await activeBuild(page)).toBe(NEXT);
  expect(await caches(page)).toEqual([`wuzha-${NEXT}`]);
  await page.waitForTimeout(500);
  expect(loads).toBe(1);
});

const DAMAGED: [string, Change][] = [
  ["a next version that cannot be installed", (bytes) => wrongHash(nextBuild(bytes))],
  ["this version's own service worker, damaged on its way", wrongHash],
];
for (const [what, change] of DAMAGED) {
  test(`${what} leaves the app working without a server`, async ({ page, meddler, app }) => {
    await page.goto(meddler.url);
    await untilOffline(page);
    const before = await caches(page);
    meddler.changes.set("/sw.js", change);
    await lookForUpdateThatFails(page);
    expect(await caches(page)).toEqual(before);
    await app.stop();
    await page.reload();
    await expect(page.locator("main")).toBeVisible();
  });
}

test("another tab is told of the update and is not reloaded", async ({ page, context, meddler }) => {
  await page.goto(meddler.url);
  await untilOffline(page);
  const other = await context.newPage();
  await other.goto(meddler.url);
  await other.evaluate(() => { document.title = "typing"; });
  meddler.changes.set("/sw.js", nextBuild);
  await lookForUpdate(page);
  await isUpdateWaiting(page);
  await Promise.all([
    page.waitForEvent("load"),
    page.evaluate(() => { dispatchEvent(new Event("wuzha:apply-update")); }),
  ]);
  await isUpdateWaiting(other);
  expect(await other.title()).toBe("typing");
});
