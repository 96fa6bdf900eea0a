// An invented school of many classes, and what an independent count finds in their files.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PROGRAM = process.env.WUZHA_CLASSES ?? join(ROOT, "target/debug/examples/classes");
const PYTHON = process.env.WUZHA_PYTHON ?? "python3";

/** How a group stands in a measure. */
export interface Share {
  met: number;
  unmet: number;
  unknown: number;
  apart: number;
}

/** What tests/interop/count_classes.py finds in a class. */
export interface Counted {
  file: string;
  name: string;
  department: string | null;
  grade: string | null;
  counsellor: string | null;
  students: number;
  /** 学号 and 姓名 of each. */
  people: [string, string][];
  dorms: number;
  registered: Share;
  warning_on: Share;
  pledge: Share;
  notice: Share;
  quiz_taken: Share;
  quiz_passed: Share;
  dorms_inspected: Share;
  dorms_met: Share;
  /** The sum is in hundredths of a percent. */
  average_first: { students: number; sum: number } | null;
  /** None where nothing is recorded. */
  activities: { times: number; people: number; counted: number } | null;
  conflicts: number;
}

/** The backups of so many classes. */
export function classFiles(count: number): string[] {
  const folder = join(mkdtempSync(join(tmpdir(), "wuzha-classes-")), "out");
  execFileSync(PROGRAM, ["--count", String(count), "--seed", "7", "--out", folder], { stdio: "ignore" });
  return readdirSync(folder).map((name) => join(folder, name));
}

/** What is in them, counted without any of our code. */
export function countedByPython(files: string[]): Counted[] {
  const folder = join(files[0], "..");
  const program = join(ROOT, "tests/interop/count_classes.py");
  return JSON.parse(execFileSync(PYTHON, [program, folder], { encoding: "utf8", maxBuffer: 1 << 26 }));
}

/** The lines of a backup, an operation each. */
export function operationsOf(backup: string): string[] {
  const program = "import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read('ops.jsonl'))";
  return execFileSync(PYTHON, ["-c", program, backup], { encoding: "utf8", maxBuffer: 1 << 26 }).trimEnd().split("\n");
}
