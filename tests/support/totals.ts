// One plain closing line, which programs can read: "N passed, N failed, N skipped".
import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

export default class Totals implements Reporter {
  private totals = { passed: 0, failed: 0, skipped: 0 };

  onTestEnd(_test: TestCase, result: TestResult) {
    if (result.status === "passed" || result.status === "skipped") this.totals[result.status] += 1;
    else this.totals.failed += 1;
  }

  async onExit() {
    const { passed, failed, skipped } = this.totals;
    console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  }
}
