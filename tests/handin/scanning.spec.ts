// An invitation, read by the camera from another screen.
import { Sight } from "../support/camera";
import { accept, makeTeacher } from "../support/invitations";
import { test, expect } from "../support/school";

const CLASS = "软件2101班（示例）";

test("the camera reads the code from the teacher's screen", async ({ school, device }) => {
  const teacher = await makeTeacher(school, device);
  await teacher.getByLabel("班级名").fill(CLASS);
  await teacher.getByRole("button", { name: "生成邀请码" }).click();
  const code = await teacher.getByRole("img", { name: /的邀请码$/ }).screenshot();
  const sight = await Sight.launch();
  await sight.sees([code]);
  const page = await sight.open(`${school.app.url}/join`);
  await page.getByRole("button", { name: "扫邀请码" }).click();
  await expect(page.getByText(CLASS)).toBeVisible();
  await accept(page);
  await expect(page.getByLabel("班级名")).toHaveValue(CLASS);
  await sight.close();
});

test("without a camera the picture and the link are left", async ({ page, app }) => {
  await page.goto(`${app.url}/join`);
  await page.getByRole("button", { name: "扫邀请码" }).click();
  await expect(page.getByText(/没有相机权限|现在用不了相机/)).toBeVisible();
  await page.getByRole("button", { name: "取消" }).click();
  await expect(page.getByLabel("或粘贴邀请链接")).toBeVisible();
});
