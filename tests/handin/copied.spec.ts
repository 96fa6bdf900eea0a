// A phone that was copied to another: both write on under the same numbers, and nothing of either is lost.
import type { Page } from "@playwright/test";
import { ledgersOf } from "../support/desk";
import { accept, expectDelivered, expectStage, handInAll, inviteClass, invitePhone, makeTeacher } from "../support/invitations";
import { makeClass, record, tab } from "../support/monitor";
import { Phone } from "../support/phone";
import { STUDENTS } from "../support/roster";
import { test, expect } from "../support/school";

const CLASS = "软件2101班（示例）";
const [ONE, OTHER] = STUDENTS;

async function expectRecorded(page: Page, name: string, status: string): Promise<void> {
  await tab(page, "登记");
  await expect(page.getByRole("button", { name: new RegExp(name) })).toContainText(status);
}

test("of two phones with the same data the second is told, goes on as another one, and both have all records", async ({ school, device }) => {
  test.setTimeout(400_000);
  const { url } = school.app;
  const teacher = await makeTeacher(school, device);
  const old = new Phone();
  const copied = await test.step("a phone that has handed in is copied", async () => {
    const page = await old.open(url);
    await makeClass(page);
    await page.goto(await inviteClass(teacher, CLASS));
    await accept(page);
    await expectDelivered(page);
    return old.copy();
  });

  try {
    const first = await old.open(url);
    await test.step("the old phone records and hands in", async () => {
      await record(first, ONE.name, "已注册");
      await tab(first, "上交");
      await handInAll(first);
    });

    const second = await copied.open(url);
    await test.step("the new one records something else, under the same numbers, and is told that it was copied", async () => {
      await record(second, OTHER.name, "已安装未注册");
      await tab(second, "上交");
      await second.getByRole("button", { name: "现在上交" }).click();
      await expect(second.getByText(/可能被复制到了别的手机/)).toBeVisible();
      await expect(second.getByText(/还有 \d+ 条没有送达，都安全地存在本机/)).toBeVisible();
      await expectRecorded(second, OTHER.name, "已安装未注册");
    });

    await test.step("invited again it gets the old one's record beside its own", async () => {
      await second.goto(await invitePhone(teacher, CLASS));
      await accept(second);
      await expectDelivered(second);
      await expectRecorded(second, ONE.name, "已注册");
      await expectRecorded(second, OTHER.name, "已安装未注册");
    });

    await test.step("the old one gets the new one's, and goes on as it was", async () => {
      await handInAll(first);
      await expectRecorded(first, ONE.name, "已注册");
      await expectRecorded(first, OTHER.name, "已安装未注册");
      await tab(first, "今日");
      await expect(first.getByRole("link", { name: /冲突/ })).toBeHidden();
    });

    await test.step("the teacher has both", async () => {
      const { rows } = (await ledgersOf(teacher, CLASS))["学生台账"];
      for (const [{ name }, status] of [[ONE, "已注册"], [OTHER, "已安装未注册"]] as const) {
        expect(rows.find((row) => row.includes(name)), name).toContain(status);
      }
      for (const page of [first, second]) {
        await tab(page, "上交");
        await page.getByRole("button", { name: "现在上交" }).click();
        await expectStage(page, "已送达", 0);
      }
    });
  } finally {
    for (const phone of [old, copied]) await phone.throwAway();
  }
});
