// Our files, opened by other programs.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const program = (name: string) => fileURLToPath(new URL(`../interop/${name}.py`, import.meta.url));
const PYTHON = process.env.WUZHA_PYTHON ?? "python3";

export type CellValue = string | number | null;

/** What openpyxl finds in a sheet; see tests/interop/open_workbook.py. */
export interface Sheet {
  rows: CellValue[][];
  types: string[];
  formats: string[];
  formulas: number;
  frozen: string | null;
  filter: string | null;
  landscape: boolean;
  paper: string | number | null;
  repeated: string | null;
  widths: number[];
}

/** A workbook as openpyxl reads it, by the sheets' names. */
export function openedByOpenpyxl(file: string): Record<string, Sheet> {
  return JSON.parse(execFileSync(PYTHON, [program("open_workbook"), file], { encoding: "utf8", maxBuffer: 1 << 26 }));
}

/** An old ledger as a college keeps one: a title, headings, rows. */
export interface OldLedger {
  title: string;
  headings: string[];
  rows: CellValue[][];
}

/** Has openpyxl write an old ledger; where it is. */
export function writtenByOpenpyxl(name: string, content: OldLedger): string {
  const file = join(mkdtempSync(join(tmpdir(), "wuzha-old-")), name);
  execFileSync(PYTHON, [program("write_old_ledger"), file, JSON.stringify(content)]);
  return file;
}

/** What python-docx finds in a document; see tests/interop/open_document.py. */
export interface WordDocument {
  title: string;
  headings: string[];
  paragraphs: { style: string; text: string; marked: string[] }[];
  tables: { rows: string[][]; repeated: boolean }[];
  pages: { landscape: boolean; millimetres: [number, number]; footer: string }[];
}

/** A document as python-docx reads it. */
export function openedByPythonDocx(file: string): WordDocument {
  return JSON.parse(execFileSync(PYTHON, [program("open_document"), file], { encoding: "utf8" }));
}

/** The rows of each CSV in a ZIP as Python reads them, by the files' names. */
export function openedArchive(file: string): Record<string, string[][]> {
  return JSON.parse(execFileSync(PYTHON, [program("open_archive"), file], { encoding: "utf8", maxBuffer: 1 << 26 }));
}

/** How many pages a PDF has. */
export function pages(pdf: Buffer): number {
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

/** What the program age finds in a file that was sealed with a passphrase. */
export function openedWithPassphrase(file: string, passphrase: string): Buffer {
  return execFileSync(PYTHON, [program("open_with_passphrase"), file, passphrase]);
}

/** The files of each bundle in a server's database, opened by the program age with this key. */
export function bundlesOpenedByAge(database: string, identity: string): Record<string, string>[] {
  const key = join(mkdtempSync(join(tmpdir(), "wuzha-key-")), "key.txt");
  writeFileSync(key, identity, { mode: 0o600 });
  return JSON.parse(execFileSync(PYTHON, [program("open_bundles"), database, key], { encoding: "utf8" }));
}

/** Every sheet as the text that LibreOffice shows, by the sheets' names. */
export function openedByLibreOffice(file: string): Record<string, string[][]> {
  const folder = mkdtempSync(join(tmpdir(), "wuzha-office-"));
  // Tab separated, UTF-8, as shown, every sheet into a file of its own (the last -1).
  const filter = "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,true,false,false,-1";
  execFileSync("soffice", [`-env:UserInstallation=file://${folder}/profile`, "--headless", "--convert-to", filter, "--outdir", folder, file], {
    stdio: "ignore",
  });
  const stem = basename(file).replace(/\.xlsx$/, "");
  const sheets = readdirSync(folder).filter((name) => name.startsWith(`${stem}-`) && name.endsWith(".csv"));
  return Object.fromEntries(
    sheets.map((name) => [
      name.slice(stem.length + 1, -".csv".length),
      readFileSync(join(folder, name), "utf8").trimEnd().split("\n").map((line) => line.split("\t")),
    ]),
  );
}
