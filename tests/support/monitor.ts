// What a class monitor does, in the words of the screens.
import { expect, type Page } from "@playwright/test";
import { PASTED, STUDENTS } from "./roster";

/** Everything done so far is on the disk. */
export async function untilSaved(page: Page): Promise<void> {
  await expect(page.locator(".savemark")).toHaveText("已保存");
}

export async function makeClass(page: Page): Promise<void> {
  await page.getByRole("link", { name: /我是班长/ }).click();
  await page.getByLabel("班级名").fill("软件2101班（示例）");
  await page.getByLabel("系部").fill("软件系（示例）");
  await page.getByLabel("年级").fill("2021");
  await page.getByRole("button", { name: /下一步/ }).click();
  await pasteRoster(page);
}

export async function pasteRoster(page: Page): Promise<void> {
  await page.getByLabel("粘贴名单").fill(PASTED);
  await page.getByRole("button", { name: "读取名单" }).click();
  await page.getByRole("button", { name: `导入 ${STUDENTS.length} 人` }).click();
  await expect(page.getByText(`已导入 ${STUDENTS.length} 人`)).toBeVisible();
}

export async function tab(page: Page, name: "今日" | "登记" | "测验" | "上交"): Promise<void> {
  await page.getByRole("navigation", { name: "主要页面" }).getByRole("link", { name }).click();
}

/** In 登记, chooses a status of a student. */
export async function record(page: Page, name: string, status: string): Promise<void> {
  await tab(page, "登记");
  await page.getByRole("button", { name: new RegExp(name) }).click();
  await page.getByRole("dialog").getByRole("button", { name: status, exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "关闭" }).click();
  await untilSaved(page);
}

/** One student takes the phone, answers whatever stands first, and gives it back. */
export async function answerQuiz(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: new RegExp(name) }).click();
  await page.getByRole("button", { name: /^我是/ }).click();
  for (;;) {
    await page.locator(".option").first().click();
    const next = page.getByRole("button", { name: "下一题" });
    if (!(await next.isVisible()) || (await next.isDisabled())) break;
    await next.click();
  }
  await page.getByRole("button", { name: "交卷" }).click();
  await page.getByRole("button", { name: "交给下一位同学" }).click();
}
