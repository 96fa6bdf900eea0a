// Looking at a screen as it stands, in daylight and at night: axe finds nothing, and there are pictures for
// people, in test-results/screens. With WUZHA_SCREENSHOTS=1 the Chinese ones also go to docs/screenshots, and those at
// night to docs/screenshots/dark.
import { expect, type Page } from "@playwright/test";
import { violations } from "./axe";

export const IS_FOR_PEOPLE = Boolean(process.env.WUZHA_SCREENSHOTS);

/** Looks at a screen in both themes, and leaves it in daylight. */
export async function expectReadable(page: Page, name: string, language: string): Promise<void> {
  await expect(page.locator(".spinner")).toHaveCount(0);
  for (const scheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.screenshot({ path: `test-results/screens/${name}-${scheme}-${language}.png`, fullPage: true });
    expect(await violations(page), `${name}, ${scheme}`).toEqual([]);
    if (IS_FOR_PEOPLE && language === "zh-CN") {
      await page.screenshot({ path: `docs/screenshots/${scheme === "dark" ? "dark/" : ""}${name}.png` });
    }
  }
}
