// A camera that sees pictures: a file in the form that Chromium's fake camera plays again and again.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "@playwright/test";
import config from "../../playwright.config";

const [WIDTH, HEIGHT] = [1280, 720];
/** Frames a second: each picture is seen for as long as a code of a transfer stands. */
const RATE = 5;

/** A browser with a camera, and what that sees; the file is opened anew each time the camera is turned on. */
export class Sight {
  private constructor(readonly browser: Browser, private readonly file: string) {}

  static async launch(): Promise<Sight> {
    const file = join(mkdtempSync(join(tmpdir(), "wuzha-camera-")), "seen.y4m");
    const { launchOptions } = config.use!;
    const camera = [
      "--use-fake-ui-for-media-stream",
      "--use-fake-device-for-media-stream",
      `--use-file-for-fake-video-capture=${file}`,
    ];
    const browser = await chromium.launch({ ...launchOptions, args: [...launchOptions!.args!, ...camera] });
    return new Sight(browser, file);
  }

  /** Opens an address on a device that was never used before, and has this camera. */
  open = async (url: string): Promise<Page> => {
    const { locale, timezoneId, viewport, hasTouch } = config.use!;
    const context = await this.browser.newContext({ locale, timezoneId, viewport, hasTouch });
    const page = await context.newPage();
    await page.goto(url);
    return page;
  };

  /** Lets the camera see PNGs one after the other, as large as they fit on a white wall. */
  async sees(pngs: Buffer[]): Promise<void> {
    const page = await this.browser.newPage();
    const colours = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
    const parts = [Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${RATE}:1 Ip A1:1 C420jpeg\n`)];
    // The first once more: it does not play one frame alone.
    for (const png of [...pngs, pngs[0]]) {
      parts.push(Buffer.from("FRAME\n"), await luminance(page, png), colours);
    }
    await page.close();
    writeFileSync(this.file, Buffer.concat(parts));
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

async function luminance(page: Page, png: Buffer): Promise<Buffer> {
  const luma = await page.evaluate(
    async ([data, width, height]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      const context = canvas.getContext("2d")!;
      context.fillStyle = "#fff";
      context.fillRect(0, 0, width, height);
      const scale = (0.9 * height) / Math.max(image.width, image.height);
      const [across, down] = [image.width * scale, image.height * scale];
      context.drawImage(image, (width - across) / 2, (height - down) / 2, across, down);
      const { data: pixels } = context.getImageData(0, 0, width, height);
      // The code is black and white: any of the colours will do.
      let bytes = "";
      for (let at = 0; at < pixels.length; at += 4) bytes += String.fromCharCode(pixels[at]);
      return btoa(bytes);
    },
    [png.toString("base64"), WIDTH, HEIGHT] as const,
  );
  return Buffer.from(luma, "base64");
}
