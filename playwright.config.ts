// Browser tests against the real program. Run through `cargo xtask test --only e2e`, which builds
// it and sets CHROME and WUZHA_BIN; `npx playwright test` alone tests what was built last.
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  // One at a time: two side by side take twice as long each on two cores. And never again: a test that passes
  // at the second attempt has found something.
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // Only against hanging: how fast things are is for the benches, and a loaded machine is no fault.
  timeout: 150_000,
  expect: { timeout: 30_000 },
  reporter: [["list"], ["./tests/support/totals.ts"]],
  use: {
    browserName: "chromium",
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    actionTimeout: 30_000,
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROME ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
