// axe-core on the page as it stands.
import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds: each rule with the elements that break it. */
export async function violations(page: Page): Promise<[string, string[]][]> {
  // The page's own policy forbids inline scripts; the debugger may evaluate all the same.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await (window as any).axe.run();
    return violations.map((violation: any) => [violation.id, violation.nodes.map((node: any) => node.html)]);
  });
}
