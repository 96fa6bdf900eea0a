// What the real program sends with the real files; the rules themselves are tested with the server.
import { test, expect } from "../support/server";

test("the page and the wasm are compressed, protected and cached by their kind", async ({ request, app }) => {
  const page = await request.get(app.url, { headers: { "accept-encoding": "br" } });
  expect(page.headers()).toMatchObject({
    "content-encoding": "br",
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
  });
  expect(page.headers()["content-security-policy"]).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'");

  const wasm = /\/wuzha-app-[0-9a-f]+_bg\.wasm/.exec(await page.text())![0];
  const answer = await request.get(app.url + wasm, { headers: { "accept-encoding": "br" } });
  expect(answer.headers()).toMatchObject({
    "content-type": "application/wasm",
    "content-encoding": "br",
    "cache-control": "public, max-age=31536000, immutable",
  });
});
