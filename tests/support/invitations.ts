// Giving and accepting invitations, as people do on two screens.
import { expect, type Page } from "@playwright/test";
import type { NewDevice, School } from "./school";

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

/** A teacher's page at the desk, invited by the office. */
export async function makeTeacher(school: School, device: NewDevice): Promise<Page> {
  const office = await device(school.invitation);
  await accept(office);
  await office.getByRole("button", { name: "邀请一位老师" }).click();
  const teacher = await device(await shownLink(office));
  await accept(teacher);
  await expect(teacher).toHaveURL(`${school.app.url}/desk`);
  return teacher;
}

/** At the desk: the link for the first phone of a class. */
export async function inviteClass(teacher: Page, name: string): Promise<string> {
  await teacher.getByLabel("班级名").fill(name);
  await teacher.getByRole("button", { name: "生成邀请码" }).click();
  return shownLink(teacher);
}

/** At the desk: the link for a further phone of a class. */
export async function invitePhone(teacher: Page, name: string): Promise<string> {
  await teacher.getByRole("link", { name: new RegExp(name) }).click();
  await teacher.getByRole("button", { name: "再邀请这个班的一部手机" }).click();
  const link = await shownLink(teacher);
  await teacher.getByRole("link", { name: "返回" }).click();
  return link;
}

/** How many records are how far, in the words of 上交. */
export async function expectStage(
  page: Page,
  stage: "仅本机" | "待上交" | "已送达" | "已查收",
  count: number | RegExp,
): Promise<void> {
  const row = page.locator(".stage").filter({ hasText: stage });
  await expect(row.locator("dd")).toHaveText(count instanceof RegExp ? count : String(count));
}

/** In 上交: everything is with the school. */
export async function expectDelivered(page: Page): Promise<void> {
  await expect(page.getByText("全部记录都已送达学校。")).toBeVisible();
  await expectStage(page, "仅本机", 0);
  await expectStage(page, "待上交", 0);
}

/** In 上交: hands in, until everything is delivered. */
export async function handInAll(page: Page): Promise<void> {
  await page.getByRole("button", { name: "现在上交" }).click();
  await expectDelivered(page);
}
