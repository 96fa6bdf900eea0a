// B2, B3 and B3b in Chromium, through the screens of the built app. Prints medians of five.
//
//   cargo xtask build && node benches/measure.mjs
import { createServer } from "node:net";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";

const RUNS = 5;
const folder = mkdtempSync(join(tmpdir(), "wuzha-bench-"));
const program = process.env.WUZHA_BIN ?? fileURLToPath(new URL("../target/release/wuzha", import.meta.url));
const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});
const url = `http://127.0.0.1:${port}`;
const server = spawn(program, ["serve", "--listen", `127.0.0.1:${port}`], { stdio: "ignore" });

const median = (times) => Math.round(times.sort((a, b) => a - b)[times.length >> 1] * 10) / 10;

/** Operations of a class as JSON lines: everything about `students`, then status after status. */
function operations(students, total) {
  const device = "00000000000000aa";
  const lines = [];
  const last = new Map();
  const write = (key, value) => {
    const id = `${device}:${lines.length + 1}`;
    const pred = last.has(key) ? [last.get(key)] : [];
    last.set(key, id);
    lines.push(JSON.stringify({ id, hlc: [1640603100000 + lines.length, 0], key, value, pred }));
  };
  write("class/profile/name", "软件2101班（示例）");
  write("class/profile/campaign_start", "2021-12-21");
  const numbers = Array.from({ length: students }, (_, at) => `2021${String(at).padStart(6, "0")}`);
  numbers.forEach((no, at) => {
    write(`student/${no}/name`, `示例${at}`);
    write(`student/${no}/dorm`, `3-${301 + (at >> 2)}`);
  });
  const codes = ["installed", "registered", "warning_on"];
  for (let round = 0; lines.length < total; round += 1) {
    for (const no of numbers) {
      if (lines.length < total) write(`registration/${no}/status`, codes[round % codes.length]);
    }
  }
  const file = join(folder, `${students}-${total}.jsonl`);
  writeFileSync(file, lines.join("\n"));
  return file;
}

async function phone() {
  const profile = mkdtempSync(join(folder, "profile-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROME ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
    viewport: { width: 390, height: 844 },
    locale: "zh-CN",
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const debug = await context.newCDPSession(page);
  return { page, close: () => context.close(), slow: (rate) => debug.send("Emulation.setCPUThrottlingRate", { rate }) };
}

async function restore(page, file) {
  await page.goto(`${url}/restore`);
  await page.locator("input[type=file]").setInputFiles(file);
  const button = page.locator("main").getByRole("button", { name: /^恢复/ });
  await button.waitFor({ timeout: 120_000 });
  const began = Date.now();
  await button.click();
  await page.getByText(/已恢复/).first().waitFor({ timeout: 120_000 });
  return Date.now() - began;
}

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

server.kill();
rmSync(folder, { recursive: true, force: true });
