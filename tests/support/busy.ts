// How long the page's thread was busy with one thing, in processor time: on a machine that does other things as well a
// task takes longer by the clock than it keeps the page.
import { type Browser, type Page, test } from "@playwright/test";

interface Event {
  name: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
  args?: { name?: string };
}

/** The longest task of the page's thread while something is done, in ms of processor time; and by the clock. */
export async function longestTask(browser: Browser, page: Page, action: () => Promise<void>): Promise<{ busy: number; clock: number }> {
  await browser.startTracing(page, { categories: ["disabled-by-default-devtools.timeline", "__metadata"] });
  await action();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: Event[] };
  const events = trace.traceEvents;
  const isPages = new Set(
    events.filter((event) => event.name === "thread_name" && event.args?.name === "CrRendererMain").map(({ pid, tid }) => `${pid}:${tid}`),
  );
  const tasks = events.filter((event) => event.name === "RunTask" && isPages.has(`${event.pid}:${event.tid}`));
  if (tasks.length === 0) throw new Error("the trace has no tasks of the page's thread");
  const longest = (of: "dur" | "tdur") => Math.round(Math.max(...tasks.map((task) => task[of] ?? 0)) / 1000);
  const found = { busy: longest("tdur"), clock: longest("dur") };
  test.info().annotations.push({ type: "longest task", description: `${found.busy} ms, by the clock ${found.clock} ms` });
  return found;
}
