// A camera that sees a picture: a file in the form that Chromium's fake camera plays again and again.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";

const [WIDTH, HEIGHT] = [1280, 720];

/** Lets the camera see a PNG, in the middle of a white wall; `page` is any page without a policy of its own. */
export async function seenByCamera(page: Page, png: Buffer): Promise<string> {
  const luma = await page.evaluate(
    async ([data, width, height]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      const context = canvas.getContext("2d")!;
      context.fillStyle = "#fff";
      context.fillRect(0, 0, width, height);
      context.drawImage(image, (width - image.width) / 2, (height - image.height) / 2);
      const { data: pixels } = context.getImageData(0, 0, width, height);
      // The code is black and white: any of the colours will do.
      return Array.from({ length: width * height }, (_, at) => pixels[at * 4]);
    },
    [png.toString("base64"), WIDTH, HEIGHT] as const,
  );
  const colours = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const frame = Buffer.concat([Buffer.from("FRAME\n"), Buffer.from(luma), colours]);
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  const file = join(mkdtempSync(join(tmpdir(), "wuzha-camera-")), "seen.y4m");
  writeFileSync(file, Buffer.concat([head, frame, frame]));
  return file;
}
