// While the phone goes round, the class's data stay out of reach until the monitor takes it back.
//
// Where the length of a press counts, the clock stands still and is moved by hand, so that two seconds are two
// seconds on any machine.
import type { Page } from "@playwright/test";
import { answerQuiz, makeClass, tab } from "../support/monitor";
import { Phone } from "../support/phone";
import { STUDENTS } from "../support/roster";
import { test, expect } from "../support/server";

const [FIRST, SECOND, THIRD] = STUDENTS;
const leave = (page: Page) => page.getByRole("button", { name: "结束轮流作答" });

test("a typed address, a reload and the back button all stay in the kiosk", async ({ page, app }) => {
  await startRound(page, app.url);
  await expectKiosk(page);
  for (const path of ["/record/students", "/handin", "/settings", "/restore", "/"]) {
    await test.step(path, async () => {
      await page.goto(app.url + path);
      await expectKiosk(page);
    });
  }
  await test.step("reload", async () => {
    await page.reload();
    await expectKiosk(page);
  });
  // Back through all that was opened before: the class, its quiz, the addresses above.
  for (const nth of ["once", "twice", "three times"]) {
    await test.step(`back ${nth}`, async () => {
      await page.goBack({ waitUntil: "commit" });
      await expectKiosk(page);
    });
  }
});

test("a half-finished attempt survives a reload and a typed address", async ({ page, app }) => {
  await startRound(page, app.url);
  await page.getByRole("button", { name: new RegExp(FIRST.name) }).click();
  await page.getByRole("button", { name: /^我是/ }).click();
  for (const option of [1, 0]) {
    await page.locator(".option").nth(option).click();
    await page.getByRole("button", { name: "下一题" }).click();
  }
  const question = page.getByRole("heading", { level: 1 });
  const third = await question.innerText();

  for (const path of ["/quiz/latest/kiosk", "/record/students"]) {
    await test.step(`after ${path}`, async () => {
      await page.goto(app.url + path);
      await expect(page.getByText("第 3 题，共 10 题")).toBeVisible();
      await expect(question).toHaveText(third);
      await expect(page.getByRole("button", { name: "已答 2/10" })).toBeVisible();
    });
  }
  await page.getByRole("button", { name: "上一题" }).click();
  await expect(page.locator(".option").nth(0)).toHaveAttribute("aria-checked", "true");
  await page.getByRole("button", { name: "上一题" }).click();
  await expect(page.locator(".option").nth(1)).toHaveAttribute("aria-checked", "true");
  await expect(page.locator(".option").nth(0)).toHaveAttribute("aria-checked", "false");
});

test("who has handed in is offered no more, whoever has not still is", async ({ page, app }) => {
  await startRound(page, app.url);
  const offered = (name: string) => page.getByRole("button", { name: new RegExp(name) });
  await answerQuiz(page, FIRST.name);
  await answerQuiz(page, SECOND.name);
  for (const when of ["at once", "after a reload"]) {
    await test.step(when, async () => {
      if (when === "after a reload") await page.reload();
      await expect(offered(THIRD.name)).toBeVisible();
      await expect(offered(FIRST.name)).toHaveCount(0);
      await expect(offered(SECOND.name)).toHaveCount(0);
      await page.getByLabel("搜索姓名或学号尾号").fill(FIRST.name);
      await expect(page.getByText("没有找到。已经交卷的同学不再显示。")).toBeVisible();
      await page.getByLabel("搜索姓名或学号尾号").fill("");
    });
  }
});

test("a short tap does not give the phone back, two seconds do", async ({ page, app }) => {
  await startRound(page, app.url);
  await standStill(page);
  await leave(page).tap();
  await page.clock.runFor(60_000);
  await expectKiosk(page);

  await press(page, 1_900);
  await page.mouse.up();
  await page.clock.runFor(60_000);
  await expectKiosk(page);

  await press(page, 2_000);
  await expectResults(page);
  await page.mouse.up();
});

test("with a PIN, a wrong one and two seconds do not give the phone back, the right one does", async ({ page, app }) => {
  await startRound(page, app.url, "2468");
  await standStill(page);
  await press(page, 2_000);
  await page.mouse.up();
  // To let go is a tap, and a tap asks for the PIN.
  const pin = page.getByRole("dialog").getByLabel("输入 PIN");
  for (const wrong of ["1357", "", "246"]) {
    await pin.fill(wrong);
    await page.getByRole("dialog").getByRole("button", { name: "结束", exact: true }).click();
    await expect(page.getByText("PIN 不对。")).toBeVisible();
  }
  await page.reload();
  await expectKiosk(page);

  await leave(page).tap();
  await pin.fill("2468");
  await page.getByRole("dialog").getByRole("button", { name: "结束", exact: true }).click();
  await expectResults(page);
  await page.goto(`${app.url}/record/students`);
  await expect(page.getByRole("region", { name: "学生名单" })).toBeVisible();
});

test("a phone that is killed comes back with who had it", async ({ app }) => {
  const phone = new Phone();
  const first = await phone.open(app.url);
  await makeClass(first);
  await handOver(first);
  await expectKiosk(first);

  phone.kill();
  let page = await phone.open(`${app.url}/record/students`);
  await expectKiosk(page);
  await page.getByRole("button", { name: new RegExp(FIRST.name) }).click();
  await page.getByRole("button", { name: /^我是/ }).click();
  await page.locator(".option").nth(1).click();
  await page.getByRole("button", { name: "下一题" }).click();
  await expect(page.getByText("第 2 题，共 10 题")).toBeVisible();

  // An answer is kept within moments, and nothing waits for it: what was tapped last may be missing.
  await page.getByRole("button", { name: "下一题" }).click();
  await expect(page.getByText("第 3 题，共 10 题")).toBeVisible();
  phone.kill();
  page = await phone.open(`${app.url}/record/students`);
  await expect(page.getByRole("button", { name: "已答 1/10" })).toBeVisible();

  await leave(page).hover();
  await page.mouse.down();
  await expectResults(page);
  await page.mouse.up();
  phone.kill();
  page = await phone.open(`${app.url}/record/students`);
  await expect(page.getByRole("region", { name: "学生名单" })).toBeVisible();
  await phone.throwAway();
});

/** A class, a quiz of ten questions, and the phone with the students, whose clock is moved by hand. */
async function startRound(page: Page, url: string, pin = ""): Promise<void> {
  await page.clock.install();
  await page.addInitScript(smallTimerIds);
  await page.goto(url);
  await makeClass(page);
  await handOver(page, pin);
  await expectKiosk(page);
}

async function handOver(page: Page, pin = ""): Promise<void> {
  await tab(page, "测验");
  await page.getByRole("main").getByRole("link", { name: "发起测验" }).first().click();
  await page.getByRole("radio", { name: "10 题" }).or(page.getByRole("button", { name: "10 题" })).click();
  await page.getByRole("button", { name: "发起测验" }).click();
  await page.getByRole("link", { name: "轮流作答" }).click();
  await page.getByLabel("设置 PIN").fill(pin);
  await page.getByRole("button", { name: "开始轮流作答" }).click();
}

/**
 * Playwright's clock numbers timers from 10¹² on; browsers give, and WebAssembly takes, 32 bits. Without
 * this the app could not stop a timer that it has started.
 */
function smallTimerIds(): void {
  const ids = new Map<number, number>();
  const of = window as unknown as Record<string, (...given: unknown[]) => number>;
  for (const [set, clear] of [["setTimeout", "clearTimeout"], ["setInterval", "clearInterval"]]) {
    const [start, stop] = [of[set], of[clear]];
    of[set] = (...given) => {
      const id = ids.size + 1;
      ids.set(id, start(...given));
      return id;
    };
    of[clear] = (id) => stop(ids.get(id as number));
  }
}

async function standStill(page: Page): Promise<void> {
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 60_000);
}

/** Holds 结束轮流作答 for so long, and does not let go. */
async function press(page: Page, milliseconds: number): Promise<void> {
  await leave(page).hover();
  await page.mouse.down();
  await page.clock.runFor(milliseconds);
}

/** Who is next? And nothing else of the class, and no way to it. */
async function expectKiosk(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/quiz\/[^/]+\/kiosk$/);
  await expect(page.getByRole("heading", { name: "你是谁？" })).toBeVisible();
  await expect(leave(page)).toBeVisible();
  await expect(page.getByRole("link")).toHaveCount(0);
}

/** The monitor has the phone back, and sees the results. */
async function expectResults(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/quiz\/[^/]+$/);
  await expect(page.getByRole("link", { name: "轮流作答" })).toBeVisible();
  await expect(leave(page)).toHaveCount(0);
}
