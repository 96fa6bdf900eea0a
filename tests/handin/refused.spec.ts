// What a class's phone is told when the school does not take what it has, and that nothing is lost by it.
import { accept, expectDelivered, expectStage, handInAll, inviteClass, invitePhone, makeTeacher, serialOf } from "../support/invitations";
import { makeClass, record, tab } from "../support/monitor";
import { STUDENTS } from "../support/roster";
import { test, expect } from "../support/school";

const CLASS = "软件2101班（示例）";

test("a code that another phone has used opens nothing, and a new one does", async ({ school, device }) => {
  test.setTimeout(300_000);
  const teacher = await makeTeacher(school, device);
  const link = await inviteClass(teacher, CLASS);
  await accept(await device(link));

  const page = await device(school.app.url);
  await makeClass(page);
  await page.goto(link);
  await accept(page);
  await expect(page.getByText("这个邀请码已经被别的手机用过")).toBeVisible();
  await expectStage(page, "已送达", 0);

  const another = await invitePhone(teacher, CLASS);
  await page.goto(another);
  await accept(page);
  await expectDelivered(page);
  await expect(page.getByText("这个邀请码已经被别的手机用过")).toBeHidden();
});

test("a phone that the school has stopped keeps its records, and hands them in when invited again", async ({ school, device }) => {
  test.setTimeout(300_000);
  const teacher = await makeTeacher(school, device);
  const link = await inviteClass(teacher, CLASS);
  const page = await device(school.app.url);
  await makeClass(page);
  await page.goto(link);
  await accept(page);
  await expectDelivered(page);

  school.wuzha("revoke", "--serial", serialOf(link));
  await record(page, STUDENTS[0].name, "已注册");
  await tab(page, "上交");
  await page.getByRole("button", { name: "现在上交" }).click();
  await expect(page.getByText("学校已停用这部手机的上交")).toBeVisible();
  await expect(page.getByText(/还有 \d+ 条没有送达，都安全地存在本机/)).toBeVisible();

  await page.goto(await invitePhone(teacher, CLASS));
  await accept(page);
  await expectDelivered(page);
  await expect(page.getByText("学校已停用这部手机的上交")).toBeHidden();
});

test("an invitation that has expired is not accepted", async ({ school, page }) => {
  const said = school.wuzha("invite", "--name", "示例学院", "--days", "0");
  await page.goto(said.match(/http:\S+#i=\S+/)![0]);
  await accept(page);
  await expect(page.getByText("邀请码已过期，请老师再发一个")).toBeVisible();
  await expect(page.getByRole("button", { name: "读取邀请" })).toBeVisible();
});

test("who leaves hands in no more, and keeps the class", async ({ school, device }) => {
  test.setTimeout(300_000);
  const teacher = await makeTeacher(school, device);
  const link = await inviteClass(teacher, CLASS);
  const page = await device(school.app.url);
  await makeClass(page);
  await page.goto(link);
  await accept(page);
  await expectDelivered(page);

  await page.getByRole("button", { name: "退出上交" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "退出上交" }).click();
  await expect(page.getByText("还没有开通")).toBeVisible();
  await page.reload();
  await expect(page.getByText("还没有开通")).toBeVisible();
  await record(page, STUDENTS[0].name, "已注册");

  await page.goto(await invitePhone(teacher, CLASS));
  await accept(page);
  await expect(page.getByText(/另有 \d+ 条由班里其他手机上交/)).toBeVisible();
  await handInAll(page);
});
