// A phone of its own: a browser with a profile on disk, which may be killed and started again.
import { chromium, type BrowserContext, type Page } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import config from "../../playwright.config";

export class Phone {
  private context: BrowserContext | null = null;
  private readonly profile = mkdtempSync(join(tmpdir(), "wuzha-phone-"));

  /** The app on a phone that is switched on. */
  async open(url: string): Promise<Page> {
    const { locale, timezoneId, viewport, hasTouch, launchOptions } = config.use!;
    this.context ??= await chromium.launchPersistentContext(this.profile, {
      ...launchOptions,
      locale,
      timezoneId,
      viewport,
      hasTouch,
      acceptDownloads: true,
    });
    const page = await this.context.newPage();
    await page.goto(url);
    return page;
  }

  /** As when the battery is taken out: no process of the browser may finish anything. */
  kill(): void {
    // pkill finds nobody (and says so by 1) only if the browser has gone by itself.
    execFileSync("pkill", ["-KILL", "-f", this.profile]);
    this.context = null;
  }

  /** Switched off, and copied with all that is on it, as when a person moves to a new phone. */
  async copy(): Promise<Phone> {
    await this.context?.close();
    this.context = null;
    const other = new Phone();
    cpSync(this.profile, other.profile, { recursive: true });
    return other;
  }

  async throwAway(): Promise<void> {
    await this.context?.close();
    rmSync(this.profile, { recursive: true, force: true });
  }
}

/** Tells the page what a phone tells it when it finds a network. */
export async function networkComesBack(page: Page): Promise<void> {
  await page.context().setOffline(true);
  await page.context().setOffline(false);
}
