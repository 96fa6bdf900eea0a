// What the benches in Chromium share: the built program, a browser with a profile on disk, a made-up class.
import { createServer } from "node:net";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";

export const RUNS = 5;
/** Removed by [`end`]. */
export const folder = mkdtempSync(join(tmpdir(), "wuzha-bench-"));
export const program = process.env.WUZHA_BIN ?? fileURLToPath(new URL("../target/release/wuzha", import.meta.url));
export const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});
export const url = `http://127.0.0.1:${port}`;

/** `wuzha serve` at the address above, with more options; resolves when it listens. */
export async function serve(...options) {
  const server = spawn(program, ["serve", "--listen", `127.0.0.1:${port}`, ...options], { stdio: ["ignore", "pipe", "ignore"] });
  // It says where it is served once it is.
  await new Promise((resolve, reject) => {
    server.stdout.once("data", resolve);
    server.once("exit", () => reject(new Error(`${program} ended`)));
  });
  server.stdout.resume();
  return server;
}

export function end(server) {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}

export const median = (times) => Math.round(times.sort((a, b) => a - b)[times.length >> 1] * 10) / 10;

/** Operations of a class as JSON lines: everything about `students`, then status after status. */
export function operations(students, total) {
  const device = "00000000000000aa";
  const lines = [];
  const last = new Map();
  const write = (key, value) => {
    const id = `${device}:${lines.length + 1}`;
    const pred = last.has(key) ? [last.get(key)] : [];
    last.set(key, id);
    lines.push(JSON.stringify({ id, hlc: [1640603100000 + lines.length, 0], key, value, pred }));
  };
  write("class/profile/name", "软件2101班（示例）");
  write("class/profile/campaign_start", "2021-12-21");
  const numbers = Array.from({ length: students }, (_, at) => `2021${String(at).padStart(6, "0")}`);
  numbers.forEach((no, at) => {
    write(`student/${no}/name`, `示例${at}`);
    write(`student/${no}/dorm`, `3-${301 + (at >> 2)}`);
  });
  const codes = ["installed", "registered", "warning_on"];
  for (let round = 0; lines.length < total; round += 1) {
    for (const no of numbers) {
      if (lines.length < total) write(`registration/${no}/status`, codes[round % codes.length]);
    }
  }
  const file = join(folder, `${students}-${total}.jsonl`);
  writeFileSync(file, lines.join("\n"));
  return file;
}

export async function phone() {
  const profile = mkdtempSync(join(folder, "profile-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROME ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
    viewport: { width: 390, height: 844 },
    locale: "zh-CN",
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const debug = await context.newCDPSession(page);
  return { page, close: () => context.close(), slow: (rate) => debug.send("Emulation.setCPUThrottlingRate", { rate }) };
}

/** What Linux says of each process of this bench's browsers: its command line, and a figure in MB by its name. */
export function processes() {
  const all = new Map();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const [status, args] = ["status", "cmdline"].map((file) => readFileSync(`/proc/${pid}/${file}`, "utf8"));
      all.set(pid, { parent: /PPid:\s+(\d+)/.exec(status)[1], args, pid });
    } catch {
      // It has ended meanwhile.
    }
  }
  const isOurs = (of) => Boolean(of) && (of.args.includes(`--user-data-dir=${folder}`) || isOurs(all.get(of.parent)));
  return [...all.values()].filter(isOurs);
}

/** MB: a figure of one file about a process; 0 when it has ended. */
export function megabytes(pid, file, figure) {
  try {
    return parseInt(new RegExp(`^${figure}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${pid}/${file}`, "utf8"))[1]) / 1024;
  } catch {
    return 0;
  }
}

/** Restores a backup through 恢复; in how many ms. */
export async function restore(page, file) {
  await page.goto(`${url}/restore`);
  await page.locator("input[type=file]").setInputFiles(file);
  const button = page.locator("main").getByRole("button", { name: /^恢复/ });
  await button.waitFor({ timeout: 120_000 });
  const began = Date.now();
  await button.click();
  await page.getByText(/已恢复/).first().waitFor({ timeout: 120_000 });
  return Date.now() - began;
}
