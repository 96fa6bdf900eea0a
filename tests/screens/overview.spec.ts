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
    const first = page.locator(".fold").first();
    await first.getByRole("button").first().click();
    await first.getByRole("textbox").waitFor();
    await look("awards");
    await page.setViewportSize(WIDE);
    await first.getByRole("textbox").fill("已核实（示例）");
    await first.getByRole("button", { name: said("评为达标", "Give it"), exact: true }).click();
    await first.getByText("已核实（示例）").waitFor();
    await page.getByLabel(said("轮次名称", "Name of the round")).fill("第一轮（示例）");
    await page.getByRole("button", { name: said("冻结本轮评定", "Freeze this round") }).click();
    await page.getByText(said("冻结于", "Frozen on")).waitFor();
    await look("awards-round");
    await page.setViewportSize(WIDE);
    await page.getByRole("link", { name: said("打印证书", "Print certificates") }).first().click();
    await page.locator(".certificate").first().waitFor();
    await look("certificates");
    await page.goto(`${app.url}/school`);
    await page.getByText(said("接收学校配置", "Receive the school's content")).waitFor();
    await look("school-pack");
    await page.goto(`${app.url}/school/edit`);
    await page.locator("summary").first().waitFor();
    for (const section of await page.locator("summary").all()) await section.click();
    await look("school-pack-edit");
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
