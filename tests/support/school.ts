// A school of its own: set up by the real program, with its data in a folder of its own.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import { App, PROGRAM, freeAddress, test as base } from "./server";

export class School {
  private constructor(
    readonly app: App,
    /** The security office's invitation. */
    readonly invitation: string,
    private readonly folder: string,
  ) {}

  static async found(): Promise<School> {
    const folder = mkdtempSync(join(tmpdir(), "wuzha-school-"));
    const address = await freeAddress();
    const options = ["--data", join(folder, "data")];
    const said = execFileSync(
      PROGRAM,
      ["init", "--name", "示例学院", "--url", `http://${address}`, ...options],
      { encoding: "utf8" },
    );
    const invitation = said.match(/http:\S+#i=\S+/)?.[0];
    if (!invitation) throw new Error(`no invitation in: ${said}`);
    return new School(await App.start(options, address), invitation, folder);
  }

  /** What `wuzha` says when it is given these arguments for this school. */
  wuzha(...args: string[]): string {
    const place = ["--data", join(this.folder, "data")];
    return execFileSync(PROGRAM, [...args, ...place], { encoding: "utf8" });
  }

  /** The file with what was handed in. */
  get database(): string {
    return join(this.folder, "data", "wuzha.db");
  }

  /** The bytes of all that the server keeps, and of its log. */
  stored(): Buffer {
    const data = join(this.folder, "data");
    const files = readdirSync(data).map((name) => readFileSync(join(data, name)));
    return Buffer.concat([...files, Buffer.from(this.app.log)]);
  }

  async close(): Promise<void> {
    await this.app.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Opens an address on a device that was never used before. */
export type NewDevice = (url: string) => Promise<Page>;

export const test = base.extend<{ school: School; device: NewDevice }>({
  school: async ({}, use) => {
    const school = await School.found();
    await use(school);
    await school.close();
  },
  device: async ({ browser }, use) => {
    const devices: BrowserContext[] = [];
    await use(async (url) => {
      const context = await browser.newContext();
      devices.push(context);
      const page = await context.newPage();
      await page.goto(url);
      return page;
    });
    for (const context of devices) await context.close();
  },
});

export { expect } from "./server";
