// A department has invited no class: it sees those of its teachers all the same, and opens what they handed in.
import { accept, handInAll, inviteClass, shownLink } from "../support/invitations";
import { makeClass, record, tab } from "../support/monitor";
import { STUDENTS } from "../support/roster";
import { test, expect } from "../support/school";

const CLASSES = ["软件2101班（示例）", "软件2102班（示例）"];

test("a department gathers what the classes of its teachers handed in, and later only what is new", async ({ school, device }) => {
  test.setTimeout(300_000);
  const { url } = school.app;
  const office = await device(school.invitation);
  await accept(office);
  await office.getByLabel("系部名").fill("软件系（示例）");
  await office.getByRole("button", { name: "生成邀请码" }).click();
  const department = await device(await shownLink(office));
  await accept(department);
  await department.getByRole("button", { name: "邀请一位老师" }).click();
  const teacher = await device(await shownLink(department));
  await accept(teacher);

  const monitors = [];
  for (const name of CLASSES) {
    const monitor = await device(url);
    await makeClass(monitor);
    await monitor.goto(await inviteClass(teacher, name));
    await accept(monitor);
    await handInAll(monitor);
    monitors.push(monitor);
  }

  await test.step("both classes are there, with their figures", async () => {
    await department.goto(`${url}/overview`);
    await department.getByRole("button", { name: "打开新上交的" }).click();
    await expect(department.getByText("已更新 2 个班")).toBeVisible();
    await expect(department.getByText("共 2 个班")).toBeVisible();
    await expect(department.locator(".table_overview tbody tr")).toContainText(["45 人", "45 人"]);
  });

  await test.step("asked again only what is new comes", async () => {
    await record(monitors[0], STUDENTS[0].name, "已注册");
    await tab(monitors[0], "上交");
    await handInAll(monitors[0]);
    await department.getByRole("button", { name: "打开新上交的" }).click();
    await expect(department.getByText("已更新 1 个班", { exact: true })).toBeVisible();
    await expect(department.locator(".table_overview")).toContainText("1/45");
  });

  await test.step("to the class only its teacher says that it was opened", async () => {
    await monitors[1].getByRole("button", { name: "现在上交" }).click();
    await expect(monitors[1].locator(".stage").filter({ hasText: "已查收" }).locator("dd")).toHaveText("0");
  });
});
