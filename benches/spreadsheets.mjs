// B5: an XLSX of 50,000 × 12 Chinese cells, written in a worker in Chromium by us and by two peers: time, size, and
// the most memory of the page's process. Each file is read by openpyxl, which must find the same cells in all.
//
//   cargo xtask build
//   npm install --prefix benches/peers --no-package-lock --ignore-scripts
//   node benches/spreadsheets.mjs [PYTHON WITH openpyxl]
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { folder, median, megabytes, phone, processes, RUNS } from "./chromium.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const python = process.argv[2] ?? at("../target/tools/python/bin/python");
const made = join(folder, "made");
mkdirSync(made);
execFileSync("cargo", ["run", "--quiet", "--package", "wuzha-jobs", "--example", "spreadsheets", "--", made]);

/** Where what the pages ask for is. */
const PLACES = { "/made/": made, "/peers/": at("peers"), "/": at("../dist") };
const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json" };
const server = createServer((request, response) => {
  if (request.url === "/page") return response.setHeader("content-type", "text/html").end("<!doctype html>");
  const [prefix, place] = Object.entries(PLACES).find(([prefix]) => request.url.startsWith(prefix));
  const file = join(place, request.url.slice(prefix.length));
  if (!existsSync(file)) return response.writeHead(404).end();
  response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
  response.end(readFileSync(file));
}).listen(0, "127.0.0.1");
const url = `http://127.0.0.1:${await new Promise((resolve) => server.once("listening", () => resolve(server.address().port)))}`;

/** In the page: our worker writes what `write.bin` asks for. The time is from the request to the file. */
async function ours() {
  const request = new Uint8Array(await (await fetch("/made/write.bin")).arrayBuffer());
  const worker = new Worker("/wuzha-shelf_loader.js", { type: "module" });
  const said = () => new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  if (await said() !== "ready") throw new Error("the worker is not ready");
  const began = performance.now();
  worker.postMessage([request]);
  // The first byte: 0 progress, 1 done, 2 failed.
  for (;;) {
    const [message, file] = await said();
    if (message[0] === 2) throw new Error("it was not written");
    if (message[0] === 1) return { took: performance.now() - began, file };
  }
}

/** In the page: a peer does. */
function theirs([peer, script]) {
  return new Promise((resolve, reject) => {
    const worker = new Worker("/peers/writer.js");
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ peer, script });
  });
}

const PEERS = {
  "wuzha": null,
  "SheetJS, dense": ["sheetjs-dense", "/peers/node_modules/xlsx/dist/xlsx.full.min.js"],
  "SheetJS, dense, compressed": ["sheetjs-zip", "/peers/node_modules/xlsx/dist/xlsx.full.min.js"],
  "ExcelJS": ["exceljs", "/peers/node_modules/exceljs/dist/exceljs.min.js"],
};

/** MB: the most that the page's process had at any time. */
function peak() {
  const pages = processes().filter(({ args }) => args.includes("--type=renderer"));
  return Math.round(Math.max(...pages.map(({ pid }) => megabytes(pid, "status", "VmHWM"))));
}

/** What openpyxl finds in a file. */
function cells(name, bytes) {
  const file = join(folder, `${name.replace(/\W/g, "")}.xlsx`);
  writeFileSync(file, Buffer.from(bytes));
  const program = `
import hashlib, sys, openpyxl
rows = openpyxl.load_workbook(sys.argv[1], read_only=True).worksheets[0].iter_rows(values_only=True)
digest, count = hashlib.sha256(), 0
for row in rows:
    row = tuple(row) + (None,) * (12 - len(row))
    digest.update(repr([round(cell, 9) if isinstance(cell, (int, float)) else cell for cell in row]).encode())
    count += 1
print(count, digest.hexdigest()[:16])`;
  return execFileSync(python, ["-c", program, file], { encoding: "utf8" }).trim();
}

/** One after the other in each round, so that what disturbs the machine disturbs all. */
const figures = Object.fromEntries(Object.keys(PEERS).map((name) => [name, { took: [], memory: [] }]));
for (let round = 0; round < RUNS; round += 1) {
  for (const [name, peer] of Object.entries(PEERS)) {
    const { page, close } = await phone();
    await page.goto(`${url}/page`);
    const before = peak();
    const written = await page.evaluateHandle(peer ? theirs : ours, peer);
    figures[name].memory.push(peak() - before);
    figures[name].took.push(await written.evaluate(({ took }) => took));
    if (round === 0) {
      const bytes = await written.evaluate(({ file }) => Array.from(file));
      figures[name].size = bytes.length;
      figures[name].cells = cells(name, bytes);
    }
    await close();
  }
}
for (const [name, { took, size, memory, cells }] of Object.entries(figures)) {
  console.log(`B5  ${name}: ${median(took)} ms, ${(size / 1e6).toFixed(1)} MB, ${median(memory)} MB of memory; ${cells}`);
}
server.close();
rmSync(folder, { recursive: true, force: true });
