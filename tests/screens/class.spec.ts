// Every screen of a class, with the example class in it: readable in both languages and both themes.
//
// With WUZHA_SCREENSHOTS=1 three of the pictures also go to public/screenshots, for the browser's offer to
// install the app.
import type { Page } from "@playwright/test";
import { expectReadable, IS_FOR_PEOPLE } from "../support/pictures";
import { test, expect } from "../support/server";

/** A screen: where it is, and what it takes to open what is on it. */
interface Screen {
  path: string;
  open?: (page: Page) => Promise<void>;
}

const IN_MANIFEST = ["today", "students", "dorm"];
test.use({ deviceScaleFactor: IS_FOR_PEOPLE ? 2 : 1 });

const tapFirst = (selector: string) => async (page: Page) => {
  await page.locator(selector).first().click();
};

const SCREENS: Record<string, Screen> = {
  today: { path: "/" },
  students: { path: "/record/students" },
  student: { path: "/record/students", open: tapFirst(".student-row") },
  batch: { path: "/record/students", open: tapFirst("main .btn_primary") },
  "add-student": { path: "/record/students/new" },
  import: { path: "/import" },
  dorms: { path: "/record/dorms" },
  dorm: { path: "/record/dorms", open: tapFirst(".room-card") },
  class: { path: "/record/class" },
  activity: { path: "/record/class", open: (page) => page.getByRole("button", { name: /主题班会|Class meeting/ }).click() },
  quizzes: { path: "/quiz" },
  "new-quiz": { path: "/quiz/new" },
  quiz: { path: "/quiz/latest" },
  analysis: { path: "/quiz/latest", open: (page) => page.getByRole("link", { name: /题目分析|analysis/i }).click() },
  kiosk: { path: "/quiz/latest", open: (page) => page.getByRole("link", { name: /轮流作答|pass/i }).first().click() },
  "hand-in": { path: "/handin" },
  restore: { path: "/restore" },
  download: { path: "/download" },
  "school-code": { path: "/download/code" },
  help: { path: "/help" },
  settings: { path: "/settings" },
  conflicts: { path: "/conflicts" },
  teacher: { path: "/teacher" },
};

async function openExample(page: Page, url: string): Promise<void> {
  await page.clock.setFixedTime("2021-12-27T19:05:00+08:00");
  await page.goto(url);
  await page.getByRole("button", { name: /先看看/ }).click();
  await expect(page.getByRole("navigation", { name: "待办" })).toBeVisible();
}

for (const language of ["zh-CN", "en"] as const) {
  test(`every screen is readable in both themes: ${language}`, async ({ page, app }) => {
    test.setTimeout(400_000);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await openExample(page, app.url);
    await page.evaluate((tag) => localStorage.setItem("wuzha.language", tag), language);
    for (const [name, { path, open }] of Object.entries(SCREENS)) {
      await test.step(name, async () => {
        await page.goto(app.url + path);
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        await expect(page.locator("#splash")).toHaveCount(0);
        await expect(page.locator("main").first()).toBeVisible();
        await open?.(page);
        await expectReadable(page, name, language);
        if (IS_FOR_PEOPLE && language === "zh-CN" && IN_MANIFEST.includes(name)) {
          await page.screenshot({ path: `public/screenshots/${name}.png` });
        }
      });
    }
  });
}

test("the example is marked as one on the first screen and goes in one tap", async ({ page, app }) => {
  await openExample(page, app.url);
  await expect(page.getByText("这是示例班级")).toBeVisible();
  await page.getByRole("button", { name: "删除示例" }).click();
  await expect(page.getByRole("link", { name: /我是班长/ })).toBeVisible();
});
