// What only teachers keep, and what is kept of persons: readable in both languages and both themes, wide and narrow.
import { classFiles } from "../support/classes";
import { expectReadable } from "../support/pictures";
import { test } from "../support/server";

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 390, height: 844 };

for (const language of ["zh-CN", "en"] as const) {
  test(`cases, support and personal data are readable in both themes: ${language}`, async ({ page, app }) => {
    test.setTimeout(300_000);
    const said = (chinese: string, english: string) => (language === "en" ? english : chinese);
    await page.addInitScript((tag) => localStorage.setItem("wuzha.language", tag), language);
    const look = async (name: string) => {
      for (const [viewport, ending] of [[WIDE, ""], [NARROW, "-narrow"]] as const) {
        await page.setViewportSize(viewport);
        await expectReadable(page, name + ending, language);
      }
    };
    const press = (chinese: string, english: string) =>
      page.getByRole("button", { name: said(chinese, english), exact: true }).click();
    await page.setViewportSize(WIDE);
    await page.goto(`${app.url}/cases`);
    await page.getByText(said("还没有登记案件", "No case has been entered")).waitFor();
    await look("cases-empty");
    await page.goto(`${app.url}/overview`);
    await page.getByLabel(said("导入班级文件", "Read in files of classes")).setInputFiles(classFiles(3));
    await page.getByText(said("已更新 3 个班", "Classes brought up to date: 3")).waitFor();
    await page.goto(`${app.url}/cases`);
    await page.getByText(said("案件计入规则", "What counts"), { exact: true }).click();
    await press("登记案件", "Enter a case");
    await page.getByLabel(said("发生日期", "Day"), { exact: true }).fill("2021-12-20");
    await look("cases-form");
    await press("保存", "Save");
    const row = page.locator(".fold");
    await row.getByRole("button").first().click();
    await press("变更记录", "Changes");
    await row.getByRole("table").waitFor();
    await look("cases");
    await page.goto(`${app.url}/privacy`);
    await page.getByLabel(said("清除单位", "Erased by")).fill("示例学院");
    await page.getByRole("checkbox", { name: said("全选", "All") }).check();
    await look("privacy");
    await press("清除所选", "Erase those chosen");
    await page.getByRole("dialog").getByRole("button", { name: said("清除所选", "Erase those chosen") }).click();
    await page.getByRole("article").waitFor();
    await look("certificate-of-erasure");
  });
}
