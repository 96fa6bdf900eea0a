// The screens of handing in, on a phone and on a teacher's PC: readable in both languages and both themes.
import type { Browser, Page } from "@playwright/test";
import { makeClass } from "../support/monitor";
import { expectReadable, IS_FOR_PEOPLE } from "../support/pictures";
import { test, expect } from "../support/school";

const CLASS = "软件2101班（示例）";
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 390, height: 844 };

for (const language of ["zh-CN", "en"] as const) {
  test(`handing in is readable in both themes: ${language}`, async ({ browser, school }) => {
    test.setTimeout(300_000);
    const url = school.app.url;
    const said = (chinese: string, english: string) => (language === "en" ? english : chinese);
    const look = (page: Page, name: string) => expectReadable(page, name, language);
    const open = async (viewport: typeof WIDE) => {
      const page = await newPage(browser, viewport);
      await page.addInitScript((tag) => localStorage.setItem("wuzha.language", tag), language);
      return page;
    };
    const tap = (page: Page, chinese: string, english: string) =>
      page.getByRole("button", { name: said(chinese, english) }).click();
    const shownLink = async (page: Page) => {
      await tap(page, "复制链接", "Copy the link");
      return page.evaluate(() => navigator.clipboard.readText());
    };

    const office = await open(WIDE);
    await office.goto(school.invitation);
    await expect(office.getByRole("button", { name: said("确认开通", "Set up") })).toBeVisible();
    await look(office, "join-office");
    await tap(office, "确认开通", "Set up");
    await tap(office, "邀请一位老师", "Invite a teacher");
    const toTeacher = await shownLink(office);
    await look(office, "desk-office");

    const teacher = await open(WIDE);
    await teacher.goto(toTeacher);
    await tap(teacher, "确认开通", "Set up");
    await expect(teacher.getByText(said("还没有邀请班级", "No class invited yet"))).toBeVisible();
    await look(teacher, "desk-empty");
    await teacher.getByLabel(said("班级名", "Name of the class")).fill(CLASS);
    await tap(teacher, "生成邀请码", "Make the invitation");
    const toClass = await shownLink(teacher);
    await look(teacher, "invitation");

    const phone = await newPage(browser, NARROW);
    await phone.goto(url);
    await makeClass(phone);
    await phone.evaluate((tag) => localStorage.setItem("wuzha.language", tag), language);
    await phone.goto(`${url}/join`);
    await phone.getByLabel(said("或粘贴邀请链接", "Or paste the link")).fill(toClass);
    await look(phone, "join");
    await tap(phone, "读取邀请", "Read the invitation");
    await expect(phone.getByRole("button", { name: said("确认开通", "Set up") })).toBeVisible();
    await look(phone, "join-class");
    await tap(phone, "确认开通", "Set up");
    await expect(phone.getByText(said("全部记录都已送达学校。", "All records are with the school."))).toBeVisible();
    await look(phone, "handed-in");

    await teacher.goto(`${url}/desk`);
    await teacher.getByRole("link", { name: /软件2101班/ }).waitFor();
    await expect(teacher.getByLabel(said("班级名", "Name of the class"))).toBeVisible();
    await look(teacher, "desk");
    await teacher.getByRole("link", { name: /软件2101班/ }).click();
    await expect(teacher.locator(".stage").first()).toBeVisible();
    await look(teacher, "desk-class");
    await teacher.setViewportSize(NARROW);
    await look(teacher, "desk-class-narrow");
    for (const [path, name] of [["/invitations", "invitations"], ["/keys", "keys"]]) {
      await teacher.goto(url + path);
      await expect(teacher.locator("#splash")).toHaveCount(0);
      await look(teacher, name);
    }
    for (const page of [office, teacher, phone]) await page.context().close();
  });
}

/** A browser of its own. */
async function newPage(browser: Browser, viewport: typeof WIDE): Promise<Page> {
  const context = await browser.newContext({
    viewport,
    deviceScaleFactor: IS_FOR_PEOPLE ? 2 : 1,
    reducedMotion: "reduce",
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  return context.newPage();
}
