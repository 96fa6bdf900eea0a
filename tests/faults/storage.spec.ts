// The phone's storage at its worst: the browser killed, two tabs, a cleared database, a full disk,
// storage refused. Nothing that was called saved may go, and what is gone must be said.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { makeClass, pasteRoster, untilSaved } from "../support/monitor";
import { Phone } from "../support/phone";
import { PASTED, STUDENTS } from "../support/roster";
import { test, expect, type App } from "../support/server";

type Status = "未安装" | "已安装未注册" | "已注册" | "预警已开启" | "无法安装" | "本人不同意";

/** Whose status becomes what. */
type Entry = [student: number, status: Status];

const row = (page: Page, student: number) =>
  page.getByRole("region", { name: "学生名单" }).getByRole("button", { name: new RegExp(STUDENTS[student].name) });

async function enter(page: Page, [student, status]: Entry): Promise<void> {
  await row(page, student).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("group", { name: "APP 状态" }).getByRole("button", { name: status, exact: true }).click();
  await sheet.getByRole("button", { name: "关闭" }).click();
}

/** The class list holds all 45, each once, and these entries. */
async function expectList(page: Page, entries: Entry[]): Promise<void> {
  await expect(page.getByRole("status").filter({ hasText: /^\d+ 人$/ })).toHaveText("45 人");
  await expect(page.getByRole("region", { name: "学生名单" }).getByRole("button")).toHaveCount(45);
  for (const [student, status] of entries) await expect(row(page, student)).toContainText(status);
  await expect(page.getByRole("region", { name: "学生名单" }).getByText("未登记")).toHaveCount(45 - entries.length);
}

/** How many records the phone holds, as 上交 tells. */
async function records(page: Page, app: App): Promise<number> {
  await page.goto(`${app.url}/handin`);
  const line = await page.getByText(/^\d+ 条记录，只在这台手机上$/).textContent();
  return Number.parseInt(line!, 10);
}

async function backUp(page: Page): Promise<string> {
  const arrives = page.waitForEvent("download");
  await page.getByRole("button", { name: "备份", exact: true }).click();
  const file = await arrives;
  const path = join(mkdtempSync(join(tmpdir(), "wuzha-backup-")), file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

async function restore(page: Page, backup: string): Promise<void> {
  await page.locator("input[type=file]").setInputFiles(backup);
  await page.getByRole("button", { name: "恢复", exact: true }).click();
}

/** What the browser itself complains about while the person sees a screen. */
function complaints(page: Page): string[] {
  const heard: string[] = [];
  page.on("pageerror", (error) => heard.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") heard.push(message.text()); });
  return heard;
}

test("what was called 已保存 survives the browser being killed, three times in a row", async ({ app }) => {
  const phone = new Phone();
  await makeClass(await phone.open(app.url));
  const entries: Entry[] = [[0, "已注册"], [21, "无法安装"], [44, "预警已开启"]];
  for (const [round, entry] of entries.entries()) {
    await test.step(`round ${round + 1}: ${entry[1]}`, async () => {
      // A page that has saved nothing yet: its 已保存 is about this entry and no other.
      const page = await phone.open(`${app.url}/record/students`);
      await enter(page, entry);
      await untilSaved(page);
      phone.kill();
      await expectList(await phone.open(`${app.url}/record/students`), entries.slice(0, round + 1));
    });
  }
  await phone.throwAway();
});

test("two tabs: each shows the other's entries, and nothing is lost or doubled", async ({ page, app }) => {
  await page.goto(app.url);
  await makeClass(page);
  const other = await page.context().newPage();
  await other.goto(`${app.url}/record/students`);
  const before = await records(page, app);
  await page.goto(`${app.url}/record/students`);
  await expectList(other, []);

  const [first, second]: Entry[] = [[0, "已注册"], [1, "未安装"]];
  await enter(page, first);
  await expect(row(other, 0)).toContainText("已注册");
  await enter(other, second);
  await expect(row(page, 1)).toContainText("未安装");

  // Both at once, so that they write upon each other's last segment.
  const here: Entry[] = [[10, "已注册"], [12, "已安装未注册"], [14, "预警已开启"]];
  const there: Entry[] = [[11, "未安装"], [13, "本人不同意"], [15, "已注册"]];
  const all = (tab: Page, entries: Entry[]) => entries.reduce((done, entry) => done.then(() => enter(tab, entry)), Promise.resolve());
  await Promise.all([all(page, here), all(other, there)]);
  await untilSaved(page);
  await untilSaved(other);
  for (const tab of [page, other]) await expectList(tab, [first, second, ...here, ...there]);
  for (const tab of [page, other]) {
    await tab.reload();
    await expectList(tab, [first, second, ...here, ...there]);
  }
  // Each entry is a status and how it was verified.
  expect([await records(page, app), await records(other, app)]).toEqual([before + 16, before + 16]);
});

test("a cleared database is never an empty class: it is said, counted, and restored", async ({ page, app }) => {
  await page.goto(app.url);
  await makeClass(page);
  await page.goto(`${app.url}/handin`);
  const early = await backUp(page);
  await page.goto(`${app.url}/record/students`);
  await enter(page, [5, "预警已开启"]);
  await untilSaved(page);
  const expected = await records(page, app);
  const late = await backUp(page);

  // A page of the origin without the app: what the browser deletes to make room.
  await page.goto(`${app.url}/robots.txt`);
  await page.evaluate(() => new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase("wuzha");
    request.onsuccess = () => resolve();
    request.onerror = request.onblocked = () => reject(new Error("not deleted"));
  }));

  for (const path of ["/record/students", "/quiz", "/handin", "/"]) {
    await page.goto(app.url + path);
    await expect(page.getByRole("heading", { name: "本机数据不完整" }), path).toBeVisible();
    await expect(page.getByRole("alert")).toContainText(`应有 ${expected} 条记录，现在只找到 0 条`);
  }
  await page.getByRole("link", { name: "从备份文件恢复" }).click();
  await restore(page, early);
  await expect(page.getByText("还有一部分记录没有找回")).toBeVisible();
  await page.goto(app.url);
  await expect(page.getByRole("heading", { name: "本机数据不完整" })).toBeVisible();
  await page.getByRole("link", { name: "从备份文件恢复" }).click();
  await restore(page, late);
  await page.getByRole("link", { name: "去看看" }).click();
  await expect(page.getByRole("navigation", { name: "待办" })).toBeVisible();
  await page.goto(`${app.url}/record/students`);
  await expectList(page, [[5, "预警已开启"]]);
  expect(await records(page, app)).toBe(expected);
});

/** Ways in which a browser says that the disk is full, until `makeRoom` is called. */
const FULL: Record<string, () => void> = {
  "told when the transaction ends": () => {
    const full = { get: () => new DOMException("no room", "QuotaExceededError"), configurable: true };
    const { commit } = IDBTransaction.prototype;
    const error = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, "error")!;
    Object.defineProperty(IDBTransaction.prototype, "error", full);
    IDBTransaction.prototype.commit = IDBTransaction.prototype.abort;
    Object.assign(window, { makeRoom: () => {
      Object.defineProperty(IDBTransaction.prototype, "error", error);
      IDBTransaction.prototype.commit = commit;
    } });
  },
  "told when something is written": () => {
    const { put, add } = IDBObjectStore.prototype;
    const refuse = () => { throw new DOMException("no room", "QuotaExceededError"); };
    Object.assign(IDBObjectStore.prototype, { put: refuse, add: refuse });
    Object.assign(window, { makeRoom: () => { Object.assign(IDBObjectStore.prototype, { put, add }); } });
  },
};

for (const [how, fill] of Object.entries(FULL)) {
  test(`a full disk (${how}): 未保存, what is safe, and 再试一次 saves it`, async ({ page, app }) => {
    const heard = complaints(page);
    await page.goto(app.url);
    await makeClass(page);
    await enter(page, [0, "已注册"]);
    await untilSaved(page);

    await page.evaluate(fill);
    // It is said where the person looks, and nothing claims that it is done.
    await row(page, 1).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("button", { name: "未安装", exact: true }).click();
    await expect(sheet.getByRole("alert")).toContainText("手机存储空间不够，刚才的记录还没有保存");
    await expect(sheet.getByRole("button", { name: "再试一次" })).toBeVisible();
    await expect(page.getByRole("button", { name: "撤销" })).toHaveCount(0);
    await sheet.getByRole("button", { name: "关闭" }).click();
    await expect(page.locator(".savemark")).toHaveText("未保存");
    const problem = page.getByRole("alert");
    await expect(problem).toContainText("手机存储空间不够，刚才的记录还没有保存");
    await expect(problem).toContainText("此前的记录都在");
    // Further entries are kept too, none looks as if it were recorded, and a backup can be made.
    await enter(page, [2, "本人不同意"]);
    await problem.getByRole("button", { name: "再试一次" }).click();
    await expect(page.locator(".savemark")).toHaveText("未保存");
    await expectList(page, [[0, "已注册"]]);
    await problem.getByRole("link", { name: "导出备份" }).click();
    await expect(problem).toContainText("此前的记录都在");
    await backUp(page);

    await page.evaluate(() => { (window as any).makeRoom(); });
    await problem.getByRole("button", { name: "再试一次" }).click();
    await untilSaved(page);
    await expect(problem).toHaveCount(0);
    await page.goto(`${app.url}/record/students`);
    await expectList(page, [[0, "已注册"], [1, "未安装"], [2, "本人不同意"]]);
    expect(heard).toEqual([]);
  });
}

/** Ways in which a browser refuses the database. */
const REFUSED: Record<string, () => void> = {
  "no IndexedDB": () => { Object.defineProperty(window, "indexedDB", { get: () => undefined }); },
  "site data switched off": () => {
    const refuse = () => { throw new DOMException("denied", "SecurityError"); };
    IDBFactory.prototype.open = refuse;
    Object.defineProperty(window, "localStorage", { get: refuse });
    Object.defineProperty(window, "sessionStorage", { get: refuse });
  },
};

for (const [how, refuse] of Object.entries(REFUSED)) {
  test(`storage refused (${how}): said on the first screen, and the public screens work`, async ({ page, app }) => {
    const heard = complaints(page);
    await page.addInitScript(refuse);
    // Where a class would be made, too: before anything is typed that could not be kept.
    for (const path of ["/class/new", "/record/students", "/"]) {
      await page.goto(app.url + path);
      await expect(page.getByRole("alert"), path).toContainText("浏览器不让这个页面保存数据");
      await expect(page.getByRole("alert")).toContainText("请用手机自带浏览器或 Chrome 的普通窗口打开");
    }
    await page.getByRole("link", { name: "被骗了怎么办" }).click();
    await expect(page.getByRole("link", { name: /^96110/ })).toHaveAttribute("href", "tel:96110");
    await page.goto(app.url);
    await page.getByRole("link", { name: "安装国家反诈中心 APP" }).click();
    await expect(page.getByRole("heading", { name: "安装步骤" })).toBeVisible();
    expect(heard).toEqual([]);
  });
}

test("only preferences refused: the class is made, recorded and there again", async ({ page, app }) => {
  const heard = complaints(page);
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("denied", "SecurityError"); } });
  });
  await page.goto(app.url);
  await makeClass(page);
  await enter(page, [7, "已注册"]);
  await untilSaved(page);
  await page.reload();
  await expectList(page, [[7, "已注册"]]);
  expect(heard).toEqual([]);
});

/** When the browser is killed during an import: how the database is made to wait, what tells that it
 * does, and how many students may then be there. */
const KILLED: Record<string, { prepare: () => void; until: () => boolean; left: RegExp }> = {
  "the moment 导入 is tapped": { prepare: () => {}, until: () => true, left: /^(名单还是空的|45 人)$/ },
  "while the database writes": {
    // One read after the other keeps the transaction open, and it is never told to commit.
    prepare: () => {
      IDBTransaction.prototype.commit = function () {
        const store = this.objectStore(this.objectStoreNames[0]);
        const read = () => { store.count().onsuccess = read; };
        read();
        Object.assign(window, { isHeld: true });
      };
    },
    until: () => "isHeld" in window,
    left: /^名单还是空的$/,
  },
  "when the first write is on the disk": {
    // What an import would write in a second transaction is not written any more.
    prepare: () => {
      const begin = IDBDatabase.prototype.transaction;
      IDBDatabase.prototype.transaction = function (...request) {
        const transaction = begin.apply(this, request);
        if (request[1] !== "readwrite") return transaction;
        transaction.addEventListener("complete", () => {
          IDBDatabase.prototype.transaction = () => { throw new Error("the battery is out"); };
          Object.assign(window, { isWritten: true });
        });
        return transaction;
      };
    },
    until: () => "isWritten" in window,
    left: /^45 人$/,
  },
};

for (const [when, { prepare, until, left }] of Object.entries(KILLED)) {
  test(`killed during an import, ${when}: none of the 45 or all, and the import can be repeated`, async ({ app }) => {
    const phone = new Phone();
    let page = await phone.open(app.url);
    await page.getByRole("link", { name: /我是班长/ }).click();
    await page.getByLabel("班级名").fill("软件2101班（示例）");
    await page.getByRole("button", { name: /下一步/ }).click();
    await page.getByLabel("粘贴名单").fill(PASTED);
    await page.getByRole("button", { name: "读取名单" }).click();
    await page.evaluate(prepare);
    await page.getByRole("button", { name: `导入 ${STUDENTS.length} 人` }).click();
    await page.waitForFunction(until);
    phone.kill();

    page = await phone.open(`${app.url}/record/students`);
    const shown = page.getByText("名单还是空的").or(page.getByRole("status").filter({ hasText: /^\d+ 人$/ }));
    await expect(shown).toHaveText(left);
    if ((await shown.textContent()) === "名单还是空的") {
      await page.getByRole("link", { name: "导入花名册" }).click();
      await pasteRoster(page);
    }
    await expectList(page, []);
    await phone.throwAway();
  });
}
