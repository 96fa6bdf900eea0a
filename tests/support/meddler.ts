// A server in front of the app that changes chosen files on their way, as a broken network, a
// provider that injects things, or a new version would.
//
//   import { test, expect, oneWrongByte } from "../support/meddler";
//   test("…", async ({ page, meddler }) => { meddler.changes.set("/boot.js", oneWrongByte); … });
import { test as base } from "./server";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

/** What becomes of a file's bytes. */
export type Change = (bytes: Buffer) => Buffer;

export class Meddler {
  /** By path, for example `/sw.js`. May change while the test runs. */
  readonly changes = new Map<string, Change>();

  private constructor(private readonly server: Server, private readonly origin: string) {}

  static async start(origin: string): Promise<Meddler> {
    const server = createServer();
    const meddler = new Meddler(server, origin);
    server.on("request", (request, response) => {
      meddler.pass(request, response).catch(() => response.destroy());
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return meddler;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "/";
    const accept = request.headers.accept ?? "*/*";
    // Without compression and conditions, so that the bytes can be changed and are always sent.
    const answer = await fetch(this.origin + path, { headers: { accept, "accept-encoding": "identity" } });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const change = this.changes.get(new URL(path, this.origin).pathname);
    const headers = Object.fromEntries([...answer.headers].filter(([name]) => KEPT.has(name)));
    response.writeHead(answer.status, headers);
    response.end(change ? change(bytes) : bytes);
  }
}

const KEPT = new Set(["content-type", "cache-control", "content-security-policy"]);

/** The same length and one other byte. */
export const oneWrongByte: Change = (bytes) => {
  const wrong = Buffer.from(bytes);
  wrong[wrong.length >> 1] ^= 1;
  return wrong;
};

export const test = base.extend<{ meddler: Meddler }>({
  meddler: async ({ app }, use) => {
    const meddler = await Meddler.start(app.url);
    await use(meddler);
    await meddler.stop();
  },
});

export { expect } from "./server";
