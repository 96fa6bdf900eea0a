// 学校配置: a teacher changes the content, signs and publishes it, and class phones use it: with the server,
// from a file, and only from whoever invited them.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { accept, inviteClass, makeTeacher, shownLink } from "../support/invitations";
import { saved } from "../support/desk";
import { makeClass } from "../support/monitor";
import { untilOffline } from "../support/precache";
import { test, expect, type NewDevice, type School } from "../support/school";

const CLASS = "软件2101班（示例）";
const REGION = "示例省示例市示例区";

test("a teacher's pack is edited on screen and in a spreadsheet, published, and used by the class's phone", async ({ school, device }) => {
  test.setTimeout(300_000);
  const { url } = school.app;
  const [teacher, other] = await teachers(school, device);
  const monitor = await device(url);
  await makeClass(monitor);
  await monitor.goto(await inviteClass(teacher, CLASS));
  await accept(monitor);

  await test.step("edited on screen, and kept", async () => {
    await teacher.goto(`${url}/school/edit`);
    await open(teacher, "学校");
    await teacher.getByLabel("常驻地区").fill(REGION);
    await teacher.getByLabel("联系电话").fill("转安保中心");
    await teacher.getByLabel("总结邮箱").click();
    await expect(teacher.getByRole("alert")).toContainText("不能有");
    await teacher.getByLabel("联系电话").fill("");
    await teacher.getByLabel("总结邮箱").click();
    await open(teacher, "达标条件");
    await teacher.getByRole("group", { name: "无诈班级" }).getByLabel("至少 %").nth(2).fill("90");
    await teacher.getByLabel("总结邮箱").click();
    await expect(teacher.getByText("2 处改动")).toBeVisible();
    await teacher.reload();
    await expect(teacher.getByText(/有没发布的改动/)).toBeVisible();
    await expect(teacher.getByText(`常驻地区：空 → ${REGION}`)).toBeVisible();
  });

  await test.step("a spreadsheet adds an item, and says what is wrong where", async () => {
    await open(teacher, "用 Excel 改");
    const path = await saved(teacher, "导出 Excel");
    await importSheets(teacher, edited(path, "wrong"));
    await expect(teacher.getByRole("alert")).toContainText(/达标条件 第 \d+ 行 最低百分比/);
    await importSheets(teacher, edited(path, "right"));
    await expect(teacher.getByText("已读入")).toBeVisible();
    await expect(teacher.getByText("3 处改动")).toBeVisible();
    await expect(teacher.getByText(/寝室检查项 .*：新增“门后贴有示例提示卡”/)).toBeVisible();
  });

  const file = await test.step("signed and published", async () => {
    await teacher.getByRole("button", { name: "发布", exact: true }).click();
    await expect(teacher.getByText("已发布，第 1 版")).toBeVisible();
    await expect(teacher.getByText("与现在用的没有不同")).toBeVisible();
    return saved(teacher, "存为配置文件");
  });

  await test.step("it comes by itself to the class's phone, which uses it, also without a network", async () => {
    await monitor.goto(url);
    await expect(monitor.getByText("学校配置已更新")).toBeVisible();
    await monitor.goto(`${url}/school`);
    await expect(monitor.getByText(/现在用的是学校配置/)).toBeVisible();
    await monitor.getByRole("button", { name: "向服务器查询" }).click();
    await expect(monitor.getByText("已经在用了")).toBeVisible();
    await monitor.goto(`${url}/download`);
    await expect(monitor.locator(".banner").filter({ hasText: REGION })).toBeVisible();
    await monitor.goto(`${url}/record/class`);
    await expect(monitor.getByText(/不低于 90%/).first()).toBeAttached();
    await monitor.goto(`${url}/record/dorms`);
    await monitor.getByRole("link", { name: /3-301|301/ }).first().click();
    await expect(monitor.getByText("门后贴有示例提示卡")).toBeVisible();
  });

  await test.step("a later one comes as a file where there is no network: what changes is seen first", async () => {
    await untilOffline(monitor);
    await monitor.context().setOffline(true);
    await teacher.goto(`${url}/school/edit`);
    await open(teacher, "学校");
    await teacher.getByLabel("负责部门").fill("安保中心（示例）");
    await teacher.getByLabel("总结邮箱").click();
    await teacher.getByRole("button", { name: "发布", exact: true }).click();
    await expect(teacher.getByText("已发布，第 2 版")).toBeVisible();
    await monitor.goto(`${url}/school`);
    await choose(monitor, await saved(teacher, "存为配置文件"));
    await expect(monitor.getByText("来自邀请这台设备的老师")).toBeVisible();
    await expect(monitor.getByText("1 处改动")).toBeVisible();
    await monitor.getByRole("button", { name: "采用" }).click();
    await expect(monitor.getByText("安保中心（示例）")).toBeVisible();
    await choose(monitor, file);
    await expect(monitor.getByText("比现在用的旧")).toBeVisible();
    await monitor.context().setOffline(false);
  });

  await test.step("one of another teacher's is refused; one that was altered is not opened", async () => {
    await monitor.goto(`${url}/school`);
    await other.goto(`${url}/school/edit`);
    await open(other, "学校");
    await other.getByLabel("常驻地区").fill("另一个示例区");
    await other.getByLabel("总结邮箱").click();
    await other.getByRole("button", { name: "发布", exact: true }).click();
    await expect(other.getByText(/已签名，第 1 版/)).toBeVisible();
    await choose(monitor, await saved(other, "存为配置文件"));
    await expect(monitor.getByText("不是邀请这台设备的老师发布的")).toBeVisible();
    await expect(monitor.getByRole("button", { name: "采用" })).toHaveCount(0);
    const altered = readFileSync(file);
    altered[altered.length - 80] ^= 1;
    const path = join(mkdtempSync(join(tmpdir(), "wuzha-pack-")), "示例.wzp");
    writeFileSync(path, altered);
    await choose(monitor, path);
    await expect(monitor.getByRole("alert")).toContainText("签名不对");
  });

  await test.step("a phone that nobody invited asks its person", async () => {
    const alone = await device(`${url}/school`);
    await choose(alone, file);
    await expect(alone.getByText("请当面核对签名设备编号")).toBeVisible();
    await alone.getByRole("button", { name: "采用" }).click();
    await expect(alone.getByText(/现在用的是学校配置/)).toBeVisible();
    await alone.reload();
    await expect(alone.getByText(REGION)).toBeVisible();
  });
});

/** Two teachers of one school, each with keys of their own. */
async function teachers(school: School, device: NewDevice): Promise<[Page, Page]> {
  const office = await device(school.invitation);
  await accept(office);
  const invited: Page[] = [];
  for (let nth = 0; nth < 2; nth++) {
    await office.getByRole("button", { name: "邀请一位老师" }).click();
    const teacher = await device(await shownLink(office));
    await accept(teacher);
    await expect(teacher).toHaveURL(`${school.app.url}/desk`);
    invited.push(teacher);
  }
  return [invited[0], invited[1]];
}

async function open(page: Page, section: string): Promise<void> {
  await page.locator("summary").filter({ hasText: new RegExp(`^${section}$`) }).click();
}

async function choose(page: Page, file: string): Promise<void> {
  await page.getByLabel(/打开配置文件/).setInputFiles(file);
}

async function importSheets(page: Page, file: string): Promise<void> {
  await page.getByLabel("导入改好的 Excel").setInputFiles(file);
}

/** The workbook with a row more, or with a share that is none. */
function edited(path: string, how: "right" | "wrong"): string {
  const program = fileURLToPath(new URL("../interop/edit_pack.py", import.meta.url));
  const to = join(mkdtempSync(join(tmpdir(), "wuzha-pack-")), "改好的.xlsx");
  execFileSync(process.env.WUZHA_PYTHON ?? "python3", [program, path, to, how]);
  return to;
}
