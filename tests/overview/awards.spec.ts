// 达标评定: from the gates of the records to a person's decision, a frozen round and its certificates.
import type { Locator, Page } from "@playwright/test";
import { classFiles } from "../support/classes";
import { saved } from "../support/desk";
import { openedByOpenpyxl, pages } from "../support/office";
import { test, expect } from "../support/server";

const CLASSES = 12;

test("awards are decided with reasons, frozen, made again, published and printed", async ({ page, app }) => {
  test.setTimeout(300_000);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${app.url}/overview`);
  await page.getByLabel("导入班级文件").setInputFiles(classFiles(CLASSES));
  await expect(page.getByText(`已更新 ${CLASSES} 个班`)).toBeVisible();
  await page.getByRole("link", { name: /^达标评定/ }).click();

  const given = await test.step("each class stands as its gates say, until somebody decides, with a reason", async () => {
    await expect(filter(page, "全部")).toHaveText(new RegExp(`${CLASSES}`));
    // Nothing is given by the records alone: what teachers know is still open.
    await expect(filter(page, "达标")).toHaveText(/0/);
    const one = page.locator(".fold").filter({ hasText: "不达标" }).first();
    const name = await nameOf(one);
    await decide(one, "评为达标", "已逐项核实（示例）");
    await expect(filter(page, "达标")).toHaveText(/1/);
    await page.reload();
    const reviewed = page.locator(".fold").filter({ hasText: name });
    await expect(reviewed).toContainText("人工复核");
    await reviewed.getByRole("button").first().click();
    await expect(reviewed.getByText(/评为达标：已逐项核实（示例）/)).toBeVisible();
    return name;
  });

  await test.step("what stands above counts what stands below", async () => {
    await page.getByRole("button", { name: "系部", exact: true }).click();
    const counted = await page.locator(".fold .table__sub > .table__sub:first-child").allInnerTexts();
    const met = counted.map((text) => parseInt(text)).reduce((sum, count) => sum + count, 0);
    expect(met).toBe(1);
    await page.getByRole("button", { name: "寝室", exact: true }).click();
    await page.getByLabel("搜索班级").fill(given);
    const dorm = page.locator(".fold").first();
    await decide(dorm, "评为达标", "现场看过（示例）");
    await expect(filter(page, "达标")).toHaveText(/1/);
    await page.getByLabel("搜索班级").fill("");
    await page.getByRole("button", { name: "学校", exact: true }).click();
    await expect(page.locator(".fold")).toContainText("1 个班达标");
  });

  await test.step("a round is frozen, and comes out the same after later decisions", async () => {
    await page.getByLabel("轮次名称").fill("第一轮（示例）");
    await page.getByLabel("学校", { exact: true }).fill("示例学院");
    await page.getByLabel("发证单位").fill("安保中心（示例）");
    await page.getByRole("button", { name: "冻结本轮评定" }).click();
    await expect(page.getByText(/^冻结于/)).toBeVisible();
    const round = page.url();
    await page.goto(`${app.url}/awards`);
    const one = page.locator(".fold").filter({ hasText: given });
    await decide(one, "评为不达标", "后来发现（示例）");
    await expect(filter(page, "达标")).toHaveText(/0/);
    await page.goto(round);
    await expect(page.getByRole("listitem").filter({ hasText: given }).first()).toBeVisible();
    await page.getByRole("button", { name: "按当时的记录核对" }).click();
    await expect(page.getByText(`${CLASSES} 个班都与公布的结果一致`)).toBeVisible();
  });

  await test.step("what is published has only those with an award, and nothing personal", async () => {
    const sheets = openedByOpenpyxl(await saved(page, "导出评定结果 Excel"));
    const published = sheets["公示名单"].rows.slice(1).map((row) => [row[0], row[3]]);
    expect(published).toEqual([
      ["无诈班级", given],
      ["无诈寝室", given],
    ]);
    expect(sheets["班级评定"].rows).toHaveLength(CLASSES + 1);
    const all = JSON.stringify(Object.values(sheets).map((sheet) => sheet.rows));
    expect(all).not.toMatch(/20\d{8}/);
  });

  await test.step("each certificate is a page of its own", async () => {
    const section = page.locator("section").filter({ hasText: "无诈班级" });
    await section.getByRole("link", { name: "打印证书" }).click();
    await expect(page.locator(".certificate")).toContainText(given);
    await expect(page.getByText(/编号 \d{12}-B001/)).toBeVisible();
    expect(pages(await page.pdf({ preferCSSPageSize: true, path: "test-results/certificate.pdf" }))).toBe(1);
  });
});

test("a round that is not here says so", async ({ page, app }) => {
  await page.goto(`${app.url}/awards/12345`);
  await expect(page.getByText("这台设备上没有这一轮评定")).toBeVisible();
});

function filter(page: Page, name: string): Locator {
  return page.getByRole("button", { name: new RegExp(`^${name}`) }).and(page.locator(".filter"));
}

async function nameOf(award: Locator): Promise<string> {
  return (await award.locator(".strong").first().innerText()).split("\n")[0];
}

async function decide(award: Locator, decision: string, reason: string): Promise<void> {
  await award.getByRole("button").first().click();
  const button = award.getByRole("button", { name: decision, exact: true });
  await expect(button).toBeDisabled();
  await award.getByLabel(/理由/).fill(reason);
  await button.click();
  await expect(award.getByText(reason)).toBeVisible();
}
