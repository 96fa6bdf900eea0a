// The page of a desk with 64 classes answers at any time: no task of its thread takes over 50 ms of processor time.
import type { Page } from "@playwright/test";
import { longestTask } from "../support/busy";
import { classFiles } from "../support/classes";
import { untilOffline } from "../support/precache";
import { test, expect } from "../support/server";

const COUNT = 64;
/** What a person does not notice yet; the name of what the browser calls a long task. */
const LONG = 50;

/** What else the machine does takes the caches too: what is long by itself is so each time. */
const RUNS = 3;

test("no task of the page's thread is long, whatever a teacher does with 64 classes", async ({ browser, app }) => {
  test.setTimeout(300_000);
  const files = classFiles(COUNT);
  const shortest = new Map<string, number>();
  const long = () => [...shortest].filter(([, busy]) => busy > LONG);
  for (let run = 0; run === 0 || (run < RUNS && long().length > 0); run += 1) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.goto(`${app.url}/overview`);
    await untilOffline(page);
    await expect(page.getByText("还没有班级")).toBeVisible();
    for (const [name, step] of steps(page, files)) {
      await test.step(name, async () => {
        const { busy, clock } = await longestTask(browser, page, step);
        console.log(`${name}: ${busy} ms of processor time at most, ${clock} ms by the clock`);
        shortest.set(name, Math.min(busy, shortest.get(name) ?? Infinity));
      });
    }
    await context.close();
  }
  expect(long(), `over ${LONG} ms in each of ${RUNS} runs`).toEqual([]);
});

/** What a teacher does, one after the other. */
function steps(page: Page, files: string[]): [string, () => Promise<void>][] {
  const summary = page.getByText(`共 ${COUNT} 个班`);
  return [
    ["taking in", async () => {
      await page.getByLabel("导入班级文件").setInputFiles(files);
      await expect(summary).toBeVisible({ timeout: 120_000 });
    }],
    ["sorting", async () => {
      await page.getByRole("button", { name: "测验合格", exact: true }).click();
      await expect(page.getByRole("columnheader", { name: /^测验合格 [↑↓]$/ })).toHaveAttribute("aria-sort", /ascending|descending/);
    }],
    ["searching", async () => {
      await page.getByLabel("搜索班级").fill("软件");
      await expect(page.getByText(/\d+ 个班，共 64 个/)).toBeVisible();
      await page.getByLabel("搜索班级").fill("");
      await expect(summary).toBeVisible();
    }],
    ["the awards", async () => {
      await page.getByRole("link", { name: "达标评定" }).click();
      await expect(page.locator(".fold").first()).toBeVisible({ timeout: 60_000 });
    }],
    ["the work summary", async () => {
      await page.getByRole("link", { name: /^工作总结/ }).click();
      await page.getByLabel("以谁的名义").selectOption({ label: "安保中心" });
      await page.getByLabel("单位名称").fill("示例学院");
      await page.getByRole("button", { name: "起草" }).click();
      await expect(page.getByText(/还有 \d+ 处要填写/).first()).toBeVisible();
    }],
    ["the school's pack, edited", async () => {
      await page.getByRole("link", { name: "学校配置" }).click();
      await page.locator("summary", { hasText: "达标条件" }).click();
      const share = page.getByRole("group", { name: "无诈班级" }).getByLabel("至少 %").nth(2);
      await share.fill("90");
      await share.blur();
      await expect(page.getByText("1 处改动")).toBeVisible();
    }],
    ["the overview again", async () => {
      await page.getByRole("link", { name: "总览" }).click();
      await expect(summary).toBeVisible();
    }],
  ];
}
