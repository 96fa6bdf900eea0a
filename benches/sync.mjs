// B4 in Chromium: a class of 10,000 operations is handed in, read by another phone, and found to be unchanged;
// sealed, signed, with receipts, and stored on both sides. Prints medians of five.
//
//   cargo xtask build && node benches/sync.mjs
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { end, folder, median, operations, phone, program, restore, RUNS, serve, url } from "./chromium.mjs";

const data = ["--data", join(folder, "data")];
const said = execFileSync(program, ["init", "--name", "示例学院", "--url", url, ...data], { encoding: "utf8" });
const server = await serve(...data);
const file = operations(1000, 10_000);

/** The link of the invitation that `show` brings up. */
async function link(page, show) {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await show();
  await page.getByRole("button", { name: "复制链接" }).click();
  await page.getByText("已复制").waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole("button", { name: "收起" }).click();
  return text;
}

/** How many ms from a tap on a button until a text is there. */
async function until(page, button, text) {
  const began = Date.now();
  await page.getByRole("button", { name: button }).click();
  await page.getByText(text).waitFor({ timeout: 120_000 });
  return Date.now() - began;
}

async function accept(page, invitation) {
  await page.goto(invitation);
  return page.getByRole("button", { name: "确认开通" }).waitFor();
}

const office = await phone();
await accept(office.page, said.match(/http:\S+#i=\S+/)[0]);
await office.page.getByRole("button", { name: "确认开通" }).click();
const toTeacher = await link(office.page, () => office.page.getByRole("button", { name: "邀请一位老师" }).click());
await office.close();
const desk = await phone();
await accept(desk.page, toTeacher);
await desk.page.getByRole("button", { name: "确认开通" }).click();

const [pushed, pulled, unchanged] = [[], [], []];
for (let run = 0; run < RUNS; run += 1) {
  const name = `示例${run}班`;
  const toFirst = await link(desk.page, async () => {
    await desk.page.getByLabel("班级名").fill(name);
    await desk.page.getByRole("button", { name: "生成邀请码" }).click();
  });
  await desk.page.getByRole("link", { name: new RegExp(name) }).click();
  const toSecond = await link(desk.page, () => desk.page.getByRole("button", { name: /再邀请/ }).click());
  await desk.page.goto(`${url}/desk`);

  const first = await phone();
  await restore(first.page, file);
  await accept(first.page, toFirst);
  pushed.push(await until(first.page, "确认开通", "全部记录都已送达学校。"));
  const second = await phone();
  await accept(second.page, toSecond);
  pulled.push(await until(second.page, "确认开通", "班级信息"));
  await second.page.goto(`${url}/handin`);
  await second.page.getByText(/由班里其他手机上交/).waitFor();
  // What it says stands there before, so the sign of work has to come and go.
  unchanged.push(
    await second.page.evaluate(
      () =>
        new Promise((resolve) => {
          const button = [...document.querySelectorAll("button")].find((button) => button.textContent.includes("现在上交"));
          const began = performance.now();
          new MutationObserver(() => {
            if (button.getAttribute("aria-busy") === "false") resolve(performance.now() - began);
          }).observe(button, { attributes: true, attributeFilter: ["aria-busy"] });
          button.click();
        }),
    ),
  );
  await first.close();
  await second.close();
}
console.log(`B4  10000 operations: handed in in ${median(pushed)} ms, read by another phone in ${median(pulled)} ms, nothing new in ${median(unchanged)} ms`);
await desk.close();
end(server);
