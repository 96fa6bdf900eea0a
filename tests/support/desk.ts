// What a teacher does at the desk.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { openedByOpenpyxl, type Sheet } from "./office";

/** Presses a button that makes a file; where the file is. */
export async function saved(teacher: Page, button: string): Promise<string> {
  const arrives = teacher.waitForEvent("download");
  await teacher.getByRole("button", { name: button }).click();
  const file = await arrives;
  const path = join(mkdtempSync(join(tmpdir(), "wuzha-desk-")), file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

/** The ledgers of the class that is open, as openpyxl reads them. */
export async function exportedLedgers(teacher: Page): Promise<Record<string, Sheet>> {
  return openedByOpenpyxl(await saved(teacher, "导出 Excel 台账"));
}

/** Asks what is new, opens a class and exports its ledgers. */
export async function ledgersOf(teacher: Page, name: string): Promise<Record<string, Sheet>> {
  await teacher.getByRole("button", { name: "刷新" }).click();
  await teacher.getByRole("link", { name: new RegExp(name) }).click();
  return exportedLedgers(teacher);
}
