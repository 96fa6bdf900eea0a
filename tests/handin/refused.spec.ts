// What a class's phone is told when the school does not take what it has, and that nothing is lost by it.
import { accept, expectDelivered, handInAll, inviteClass, invitePhone, makeTeacher } from "../support/invitations";
import { makeClass, record, tab } from "../support/monitor";
import { STUDENTS } from "../support/roster";
import { test, expect } from "../support/school";

const CLASS = "软件2101班（示例）";

test("a used code opens nothing; a phone that is ended keeps its records, and goes on when invited again", async ({ school, device }) => {
  test.setTimeout(400_000);
  const teacher = await makeTeacher(school, device);
  const link = await inviteClass(teacher, CLASS);
  const phone = await device(school.app.url);
  await test.step("a class accepts its code and hands in", async () => {
    await makeClass(phone);
    await phone.goto(link);
    await accept(phone);
    await expectDelivered(phone);
  });

  const stranger = await device(link);
  await test.step("another phone that uses the same code is told so", async () => {
    await accept(stranger);
    await expect(stranger.getByText("这个邀请码已经被别的手机用过")).toBeVisible();
    // It is nothing yet, so a code for another class will do.
    await stranger.getByLabel("或粘贴邀请链接").fill(await inviteClass(teacher, "计算机2102班（示例）"));
    await stranger.getByRole("button", { name: "读取邀请" }).click();
    await accept(stranger);
    await expect(stranger.getByLabel("班级名")).toHaveValue("计算机2102班（示例）");
  });

  await test.step("whoever gave the code sees both, and ends the phone", async () => {
    await teacher.getByRole("link", { name: "邀请与设备" }).click();
    const item = teacher.getByRole("listitem").filter({ hasText: CLASS });
    await expect(item).toContainText(/\d{4}-\d\d-\d\d \d\d:\d\d 开通/);
    await expect(item).toContainText(/另有 \d+ 次被别的设备扫描，可能被拍照/);
    await item.getByRole("button", { name: "停用" }).click();
    await teacher.getByRole("dialog").getByRole("button", { name: "停用" }).click();
    await expect(item).toContainText(/\d\d:\d\d 停用/);
    await expect(item.getByRole("button", { name: "停用" })).toHaveCount(0);
    await teacher.getByRole("link", { name: "返回" }).click();
  });

  await test.step("the phone says so and keeps what it has", async () => {
    await record(phone, STUDENTS[0].name, "已注册");
    await tab(phone, "上交");
    await phone.getByRole("button", { name: "现在上交" }).click();
    await expect(phone.getByText("学校已停用这部手机的上交")).toBeVisible();
    await expect(phone.getByText(/还有 \d+ 条没有送达，都安全地存在本机/)).toBeVisible();
  });

  await test.step("invited again it hands in what waited", async () => {
    await phone.goto(await invitePhone(teacher, CLASS));
    await accept(phone);
    await expectDelivered(phone);
    await expect(phone.getByText("学校已停用这部手机的上交")).toBeHidden();
  });

  await test.step("who leaves hands in no more, and keeps the class", async () => {
    await phone.getByRole("button", { name: "退出上交" }).click();
    await phone.getByRole("dialog").getByRole("button", { name: "退出上交" }).click();
    await expect(phone.getByText("还没有开通")).toBeVisible();
    await phone.reload();
    await expect(phone.getByText("还没有开通")).toBeVisible();
    await record(phone, STUDENTS[1].name, "已注册");
  });

  await test.step("and with one more invitation is another phone of the same class", async () => {
    await phone.goto(await invitePhone(teacher, CLASS));
    await accept(phone);
    await expect(phone.getByText(/另有 \d+ 条由班里其他手机上交/)).toBeVisible();
    await handInAll(phone);
  });
});

test("an invitation that has expired is not accepted", async ({ school, page }) => {
  const said = school.wuzha("invite", "--name", "示例学院", "--days", "0");
  await page.goto(said.match(/http:\S+#i=\S+/)![0]);
  await accept(page);
  await expect(page.getByText("邀请码已过期，请老师再发一个")).toBeVisible();
  await expect(page.getByRole("button", { name: "读取邀请" })).toBeVisible();
});
