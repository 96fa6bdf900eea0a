// From the security office's link to a teacher's ledger: a class's records, handed in sealed.
import { exportedLedgers } from "../support/desk";
import { accept, expectDelivered, expectStage, handInAll, inviteClass, makeTeacher } from "../support/invitations";
import { makeClass, record, tab } from "../support/monitor";
import { networkComesBack } from "../support/phone";
import { untilOffline } from "../support/precache";
import { STUDENTS } from "../support/roster";
import { test, expect } from "../support/school";

const CLASS = "软件2101班（示例）";

test("records made without a network arrive sealed, are opened, and the class is told", async ({ school, device }) => {
  test.setTimeout(300_000);
  const { app } = school;
  const teacher = await makeTeacher(school, device);
  const link = await inviteClass(teacher, CLASS);

  const monitor = await device(app.url);
  await test.step("a class is made and recorded, and its invitation accepted, without a server", async () => {
    await untilOffline(monitor);
    await app.stop();
    await makeClass(monitor);
    await monitor.goto(link);
    await accept(monitor);
    await expect(monitor).toHaveURL(`${app.url}/handin`);
    await expect(monitor.getByText("还没有连上学校服务器")).toBeVisible();
    await expectStage(monitor, "已送达", 0);
    await expectStage(monitor, "待上交", /^[1-9]\d*$/);
  });

  await test.step("with the server back everything is delivered", async () => {
    await app.start();
    await handInAll(monitor);
  });

  await test.step("the teacher sees it, opens it, and has the ledger", async () => {
    await teacher.getByRole("button", { name: "刷新" }).click();
    await teacher.getByRole("link", { name: new RegExp("软件2101班.*1 份未打开") }).click();
    await expect(teacher.locator(".stage").filter({ hasText: "学生" }).locator("dd")).toHaveText("45");
    const names = (await exportedLedgers(teacher))["学生台账"].rows.flat();
    for (const { name } of STUDENTS) expect(names).toContain(name);
  });

  await test.step("the class is told: 已查收", async () => {
    await monitor.getByRole("button", { name: "现在上交" }).click();
    await expectStage(monitor, "已查收", /^[1-9]\d*$/);
    await expectStage(monitor, "已送达", 0);
  });

  await test.step("what is recorded without a network follows by itself when there is one", async () => {
    await app.stop();
    await record(monitor, STUDENTS[0].name, "已注册");
    await tab(monitor, "上交");
    await expectStage(monitor, "仅本机", /^[1-9]\d*$/);
    await app.start();
    await networkComesBack(monitor);
    await expectDelivered(monitor);
  });

  await test.step("and when the app is opened again", async () => {
    await app.stop();
    await record(monitor, STUDENTS[1].name, "已注册");
    await app.start();
    const again = await monitor.context().newPage();
    await monitor.close();
    await again.goto(app.url);
    await tab(again, "上交");
    await expectDelivered(again);
  });

  await test.step("the server keeps no name, no number and no class", async () => {
    const stored = school.stored();
    expect(stored.length).toBeGreaterThan(4096);
    expect(school.app.log).toContain("/v1/bundles/");
    for (const text of [CLASS, "软件2101", ...STUDENTS.flatMap(({ no, name }) => [no, name])]) {
      expect(stored.includes(Buffer.from(text)), text).toBe(false);
      expect(stored.includes(Buffer.from(JSON.stringify(text).slice(1, -1))), text).toBe(false);
    }
  });
});
