// What the tests ask a page about its service worker.
import { expect, type Page } from "@playwright/test";

/** Waits until the app would open without a network, and this page is served that way. */
export async function untilOffline(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-offline", "ready");
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  // What the browser keeps beside it may be thrown away at any time, so it counts for nothing.
  const debug = await page.context().newCDPSession(page);
  await debug.send("Network.clearBrowserCache");
  await debug.detach();
}

/** Waits until the first installation of the service worker has been given up. */
export async function untilInstallFailed(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-offline", "failed");
}

/** The names of the caches of this origin. */
export async function caches(page: Page): Promise<string[]> {
  return page.evaluate(() => window.caches.keys());
}

/** The build id that the active service worker says it has. */
export async function activeBuild(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    const channel = new MessageChannel();
    const answer = new Promise<MessageEvent>((resolve) => { channel.port1.onmessage = resolve; });
    active!.postMessage({ type: "build" }, [channel.port2]);
    return (await answer).data.build;
  });
}
