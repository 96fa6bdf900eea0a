// The real program on a port of its own, for each test that asks for `app`.
//
//   import { test, expect } from "../support/server";
//   test("…", async ({ page, app }) => { await page.goto(app.url); … await app.stop(); … });
import { test as base } from "@playwright/test";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

const BUILT = fileURLToPath(new URL("../../target/debug/wuzha", import.meta.url));

/** Where the program is: `$WUZHA_BIN`, else what the last `cargo xtask test` left. */
export const PROGRAM = process.env.WUZHA_BIN ?? BUILT;

/** A running `wuzha serve`. Stopping and starting it keeps its address. */
export class App {
  private child: ChildProcess | null = null;
  /** What the server said. */
  log = "";

  private constructor(private readonly address: string, private readonly options: string[]) {}

  /** With more options of `wuzha serve`, at an address that was chosen before or at any. */
  static async start(options: string[] = [], address?: string): Promise<App> {
    const app = new App(address ?? (await freeAddress()), options);
    await app.start();
    return app;
  }

  /** Without a slash at the end: `${app.url}/qr`. */
  get url(): string {
    return `http://${this.address}`;
  }

  /** Resolves when the server answers. */
  async start(): Promise<void> {
    if (this.child) return;
    const child = spawn(PROGRAM, ["serve", "--listen", this.address, ...this.options], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    child.stderr!.on("data", (said) => (this.log += said));
    this.child = child;
    const failed = once(child, "error").then(([error]) => Promise.reject(error));
    await Promise.race([failed, this.answers()]);
  }

  /** Resolves when the process has ended and the port is closed. */
  async stop(): Promise<void> {
    const child = this.child;
    this.child = null;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, "exit");
    // Not SIGTERM: it would wait for the browser to let go of its kept-alive connections.
    child.kill("SIGKILL");
    await ended;
  }

  private async answers(): Promise<void> {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      if (this.child?.exitCode != null) throw new Error(`${PROGRAM} ended at once: ${this.log}`);
      const healthy = await fetch(`${this.url}/healthz`).then((answer) => answer.ok, () => false);
      if (healthy) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${this.url} did not answer within 10 seconds`);
  }
}

/** An address of this machine that was free a moment ago. */
export async function freeAddress(): Promise<string> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return `127.0.0.1:${port}`;
}

export const test = base.extend<{ app: App }>({
  app: async ({}, use) => {
    const app = await App.start();
    await use(app);
    await app.stop();
  },
});

export { expect } from "@playwright/test";
