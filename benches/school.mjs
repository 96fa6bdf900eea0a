// B10 in Chromium: a teacher drops the files of a school's 640 classes, looks at the overview, sorts and searches.
// Prints how long it took, the longest time for which the page could not answer, and the browser's memory.
//
//   cargo xtask build
//   cargo xtask classes --count 640 --ops 2000000 --out /tmp/school
//   node benches/school.mjs /tmp/school
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { end, megabytes, phone, processes, serve, url } from "./chromium.mjs";

const [school] = process.argv.slice(2);
const files = readdirSync(school).map((name) => join(school, name));
const server = await serve();
const { page, close } = await phone();
await page.setViewportSize({ width: 1280, height: 800 });
await page.addInitScript(() => {
  window.blocked = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.blocked = Math.max(window.blocked, entry.duration);
  }).observe({ type: "longtask", buffered: true });
});

/** What an action took, and the longest that the page was blocked meanwhile. */
async function measure(what, action) {
  await page.evaluate(() => { window.blocked = 0; });
  const began = Date.now();
  await action();
  const took = Date.now() - began;
  await page.waitForTimeout(500);
  const blocked = await page.evaluate(() => Math.round(window.blocked));
  console.log(`B10  ${what}: ${took} ms, blocked at most ${blocked} ms`);
}

/** MB of all processes of this browser; what several of them share is counted once. */
const memory = () => Math.round(processes().reduce((sum, { pid }) => sum + megabytes(pid, "smaps_rollup", "Pss"), 0));

await page.goto(`${url}/overview`);
await page.getByText("还没有班级").waitFor();
console.log(`B10  the browser's memory with an empty overview: ${memory()} MB`);
await measure(`${files.length} files read, folded and stored`, async () => {
  await page.locator("input[type=file]").first().setInputFiles(files);
  await page.getByText(`共 ${files.length} 个班`).waitFor({ timeout: 600_000 });
});
console.log(`B10  the browser's memory: ${memory()} MB`);
await measure("opened again", async () => {
  await page.reload();
  await page.getByText(`共 ${files.length} 个班`).waitFor({ timeout: 60_000 });
});
await measure("in another order", () => page.getByRole("button", { name: "测验合格", exact: true }).click());
await measure("narrowed by a search", async () => {
  await page.getByLabel("搜索班级").fill("软件");
  await page.getByText(/个班，共/).waitFor();
});
await page.getByLabel("搜索班级").fill("");
await measure("the ledgers of all as one XLSX", async () => {
  const arrives = page.waitForEvent("download", { timeout: 600_000 });
  await page.getByRole("button", { name: "导出全部台账" }).click();
  const file = await arrives;
  console.log(`B10  its size: ${Math.round(statSync(await file.path()).size / 1e5) / 10} MB`);
});
console.log(`B10  the browser's memory then: ${memory()} MB`);
await page.goto(`${url}/awards`);
await measure("all awards computed", () => page.locator(".fold").first().waitFor({ timeout: 600_000 }));
await close();
end(server);
