// The screens of whoever reads many classes: readable in both languages and both themes, wide and narrow.
import { classFiles } from "../support/classes";
import { expectReadable } from "../support/pictures";
import { test } from "../support/server";

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 390, height: 844 };

for (const language of ["zh-CN", "en"] as const) {
  test(`the overview and what follows from it is readable in both themes: ${language}`, async ({ page, app }) => {
    test.setTimeout(300_000);
    const said = (chinese: string, english: string) => (language === "en" ? english : chinese);
    await page.addInitScript((tag) => localStorage.setItem("wuzha.language", tag), language);
    const look = async (name: string) => {
      for (const [viewport, ending] of [[WIDE, ""], [NARROW, "-narrow"]] as const) {
        await page.setViewportSize(viewport);
        await expectReadable(page, name + ending, language);
      }
    };
    await page.setViewportSize(WIDE);
    await page.goto(`${app.url}/overview`);
    await page.getByText(said("还没有班级", "No classes yet")).waitFor();
    await look("overview-empty");
    await page.setViewportSize(WIDE);
    await page.getByLabel(said("导入班级文件", "Read in files of classes")).setInputFiles(classFiles(12));
    await page.getByText(said("已更新 12 个班", "Classes brought up to date: 12")).waitFor();
    await look("overview");
    await page.locator(".table_overview tbody a").last().click();
    await page.getByRole("table").waitFor();
    await look("book");
    await page.goto(`${app.url}/awards`);
    await page.locator("details").first().locator("summary").click();
    await page.locator("details").first().getByRole("textbox").waitFor();
    await look("awards");
    await page.goto(`${app.url}/report`);
    await page.getByRole("button", { name: said("起草", "Draft") }).click();
    await page.getByRole("textbox").nth(4).waitFor();
    await look("report");
    await page.goto(`${app.url}/bulletin`);
    await page.getByRole("button", { name: said("起草", "Draft") }).waitFor();
    await look("bulletin-asked");
    await page.getByRole("button", { name: said("起草", "Draft") }).click();
    await page.getByRole("textbox").nth(4).waitFor();
    await look("bulletin");
  });
}
