// Giving and accepting invitations, as people do on two screens.
import { expect, type Page } from "@playwright/test";

/** Accepts the invitation whose link was opened. */
export async function accept(page: Page): Promise<void> {
  await expect(page.getByText("示例学院")).toBeVisible();
  await page.getByRole("button", { name: "确认开通" }).click();
}

/** The link of the invitation that is shown, which is then put away. */
export async function shownLink(page: Page): Promise<string> {
  await expect(page.getByRole("img", { name: /的邀请码$/ })).toBeVisible();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "复制链接" }).click();
  await expect(page.getByText("已复制")).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole("button", { name: "收起" }).click();
  return link;
}
