// Pictures of screens: into test-results/screens, and with WUZHA_SCREENSHOTS=1 the Chinese ones in daylight
// also into docs/screenshots, for people to look at.
import type { Page } from "@playwright/test";

export const IS_FOR_PEOPLE = Boolean(process.env.WUZHA_SCREENSHOTS);

export async function picture(page: Page, name: string, scheme: string, language: string): Promise<void> {
  await page.screenshot({ path: `test-results/screens/${name}-${scheme}-${language}.png`, fullPage: true });
  if (IS_FOR_PEOPLE && scheme === "light" && language === "zh-CN") {
    await page.screenshot({ path: `docs/screenshots/${name}.png` });
  }
}
