// B2, B3 and B3b in Chromium, through the screens of the built app. Prints medians of five.
//
//   cargo xtask build && node benches/measure.mjs
import { end, median, operations, phone, restore, RUNS, serve, url } from "./chromium.mjs";

const server = await serve();

/** From navigating to the first screen with its numbers drawn. */
async function reopen(page) {
  await page.goto(url);
  await page.locator(".ring").first().waitFor({ timeout: 60_000 });
  return page.evaluate(() => performance.now());
}

/** From a tap to the frame after the change that it makes. */
async function tap(page, selector, nth, changed) {
  return page.evaluate(
    ([selector, nth, changed]) =>
      new Promise((resolve) => {
        const element = document.querySelectorAll(selector)[nth];
        const began = performance.now();
        const observer = new MutationObserver(() => {
          if (!element.matches(changed)) return;
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
        });
        observer.observe(document.querySelector("main"), { subtree: true, childList: true, attributes: true });
        element.click();
      }),
    [selector, nth, changed],
  );
}

for (const [label, students, total] of [["B3", 1000, 10_000], ["B3b", 1000, 100_000]]) {
  const file = operations(students, total);
  const { page, close } = await phone();
  const stored = await restore(page, file);
  const opened = [];
  for (let run = 0; run < RUNS; run += 1) opened.push(await reopen(page));
  console.log(`${label}  ${total} operations: restored in ${stored} ms (fold and screen included), opened in ${median(opened)} ms`);
  await close();
}

for (const [students, rate] of [[45, 1], [45, 4], [1000, 1], [1000, 4]]) {
  const { page, close, slow } = await phone();
  await restore(page, operations(students, students * 3));
  await slow(rate);
  await page.goto(`${url}/record/dorms/3-301`);
  await page.locator(".verdict").first().waitFor();
  const ready = await page.evaluate(() => performance.now());
  const verdicts = [];
  // The items that wait for a person: tapping 不合格 of each.
  const items = await page.locator(".check-item").count();
  for (let at = 0; at < items; at += 1) verdicts.push(await tap(page, ".verdict", at * 3 + 1, "[aria-checked=true]"));
  await page.goto(`${url}/record/students`);
  await page.locator("main .btn_primary").first().click();
  await page.locator(".student-row").first().waitFor();
  const rows = [];
  for (let at = 0; at < 10; at += 1) rows.push(await tap(page, ".student-row", at, "[aria-pressed=true]"));
  console.log(`B2  ${students} students, ${rate}x: dorm checklist ready in ${Math.round(ready)} ms; tap to paint and on disk ${median(verdicts)} ms (verdict), ${median(rows)} ms (批量登记)`);
  await close();
}

end(server);
