// A teacher's device is lost: another goes on with the keys that were backed up.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accept, handInAll, inviteClass, makeTeacher } from "../support/invitations";
import { pasteRoster, tab } from "../support/monitor";
import { bundlesOpenedByAge, openedWithPassphrase } from "../support/office";
import { STUDENTS } from "../support/roster";
import { test, expect } from "../support/school";

const CLASS = "软件2101班（示例）";
const PRIVATE = "示例：只给自己看的备注";
const PASSPHRASE = "示例口令一二三四";

test("with a backup of the keys another device opens what the classes handed in", async ({ school, device }) => {
  test.setTimeout(300_000);
  const teacher = await makeTeacher(school, device);
  const monitor = await device(await inviteClass(teacher, CLASS));
  await accept(monitor);
  await monitor.getByRole("button", { name: /下一步/ }).click();
  await pasteRoster(monitor);
  await tab(monitor, "登记");
  await monitor.getByRole("button", { name: new RegExp(STUDENTS[0].name) }).click();
  await monitor.getByLabel("备注").fill(PRIVATE);
  await monitor.getByLabel("备注").blur();
  await expect(monitor.getByRole("dialog").getByText("备注已记下")).toBeVisible();
  await monitor.getByRole("dialog").getByRole("button", { name: "关闭" }).click();
  await tab(monitor, "上交");
  await handInAll(monitor);

  const file = await test.step("the keys are sealed with a passphrase", async () => {
    await teacher.getByLabel("口令").fill("七个字不够呀。");
    await expect(teacher.getByRole("button", { name: "备份密钥" })).toBeDisabled();
    await teacher.getByLabel("口令").fill(PASSPHRASE);
    const arrives = teacher.waitForEvent("download");
    await teacher.getByRole("button", { name: "备份密钥" }).click();
    const download = await arrives;
    expect(download.suggestedFilename()).toMatch(/^示例学院_密钥备份_\d{4}-\d\d-\d\d\.age$/);
    const path = join(mkdtempSync(join(tmpdir(), "wuzha-keys-")), "keys.age");
    await download.saveAs(path);
    await teacher.context().close();
    return path;
  });

  await test.step("the program age opens it, and with the key in it the bundles: ledgers for whoever has no Wuzha", () => {
    const backup = JSON.parse(openedWithPassphrase(file, PASSPHRASE).toString());
    expect(backup.format).toBe("wuzha-keys/1");
    expect(backup.identity).toMatch(/^AGE-SECRET-KEY-1/);
    expect(backup.classes).toEqual([expect.objectContaining({ name: CLASS })]);
    const bundles = bundlesOpenedByAge(school.database, backup.identity);
    expect(JSON.stringify(bundles)).not.toContain(PRIVATE);
    const lines = bundles.at(-1)!["学生台账.csv"].split("\r\n");
    expect(lines[0]).toMatch(/^\ufeff系部,年级,班级,/);
    for (const { name, no } of STUDENTS) expect(lines.find((line) => line.includes(`${no},${name}`)), name).toBeTruthy();
  });

  const next = await device(`${school.app.url}/teacher`);
  await test.step("another device takes them over, after a wrong passphrase and another file", async () => {
    await next.getByRole("link", { name: "用密钥备份恢复" }).click();
    const choose = next.getByLabel("选择密钥备份文件");
    const restore = next.getByRole("button", { name: "用密钥备份恢复" });
    await choose.setInputFiles("package.json");
    await next.getByLabel("口令").fill(PASSPHRASE);
    await restore.click();
    await expect(next.getByText("这不是用口令加密的备份文件")).toBeVisible();
    await choose.setInputFiles(file);
    await next.getByLabel("口令").fill("另外一个口令示例");
    await restore.click();
    await expect(next.getByText("口令不对")).toBeVisible();
    await next.getByLabel("口令").fill(PASSPHRASE);
    await restore.click();
    await expect(next).toHaveURL(`${school.app.url}/desk`);
  });

  await test.step("and opens the class", async () => {
    await next.getByRole("link", { name: new RegExp(CLASS) }).click();
    await expect(next.locator(".stage").filter({ hasText: "学生" }).locator("dd")).toHaveText("45");
  });
});
