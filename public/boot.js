// Opens the app: loads the wasm with progress, removes the splash, keeps the app up to date.
//
// What boot.js and the app say to each other, all as events on `window`:
//
//   app → boot.js  wuzha:ready           The first screen is drawn; the splash may go. (Without it
//                                        the splash goes two seconds after the app has started.)
//   boot.js → app  wuzha:update-waiting  A new version is installed and waits. It may have been said
//                                        before the app listened, so `<html data-update="waiting">`
//                                        says the same.
//   app → boot.js  wuzha:apply-update    The person agreed: activate the new version and reload.
//   app → boot.js  wuzha:keep-all        This device needs what only some do: it is to open without a
//                                        network as well.
//   boot.js → app  wuzha:offline         `<html data-offline>` is now "ready" (the app opens without
//                                        a network) or "failed" (it could not be installed; the next
//                                        opening tries again). Before that it is not set.
//
// Nothing else makes the page reload, ever: somebody may be typing.
//
// `<html data-build>` holds the build id. In `cargo xtask dev` it is unset, and then no service
// worker is registered. The names of the app's files are on this script's own element.
//
// Written so that Chrome 61 can parse it (no `?.`, `??`, no top-level await): an old browser has to
// come as far as being told that it is too old.

const root = document.documentElement;
const names = document.querySelector("script[data-wasm]").dataset;
const byId = (id) => document.getElementById(id);

/**
 * The support floor, by what the app cannot do without rather than by version: reference types came
 * with Chrome 96 and Safari 15, after everything else that the wasm uses.
 */
function isSupported() {
  // (module (type (func (param externref))))
  const module = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 1, 111, 0];
  return typeof WebAssembly === "object"
    && WebAssembly.validate(Uint8Array.from(module))
    && "indexedDB" in window;
}

/**
 * The response with its bytes counted into the progress bar.
 *
 * Only for a download: under a service worker the response passes untouched, since only an
 * untouched one lets the browser reuse the machine code that it compiled the last time.
 */
function withProgress(response) {
  const total = Number(names.wasmBytes);
  if (navigator.serviceWorker && navigator.serviceWorker.controller) return response;
  if (!response.ok || !response.body || !total) return response;
  const bar = byId("boot-progress");
  const reader = response.body.getReader();
  let loaded = 0;
  const counted = new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) return controller.close();
      loaded += value.byteLength;
      if (bar) bar.value = Math.min(100, 100 * loaded / total);
      controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(counted, { headers: { "Content-Type": "application/wasm" } });
}

async function start() {
  const bindings = import(names.js);
  const response = await fetch(names.wasm);
  if (!response.ok) throw new Error(`${names.wasm}: ${response.status}`);
  await (await bindings).default({ module_or_path: withProgress(response) });
}

function removeSplash() {
  const splash = byId("splash");
  if (splash) splash.remove();
}

function show(id) {
  removeSplash();
  byId(id).hidden = false;
}

function showFailure(error) {
  console.error(error);
  byId("boot-error").textContent = String(error);
  show("boot-failed");
}

/** Resolves after the page's own files are there, so that the precache does not compete with them. */
function loaded() {
  if (document.readyState === "complete") return Promise.resolve();
  return new Promise((resolve) => addEventListener("load", resolve, { once: true }));
}

let registration = null;
let applying = false;
let reloading = false;

function announceUpdate() {
  root.dataset.update = "waiting";
  dispatchEvent(new CustomEvent("wuzha:update-waiting"));
}

function reload() {
  if (reloading) return;
  reloading = true;
  location.reload();
}

function applyUpdate() {
  applying = true;
  const waiting = registration && registration.waiting;
  if (waiting) waiting.postMessage({ type: "skip-waiting" });
  else reload();
}

/**
 * 重新载入 after a failure: with a waiting version, or else a broken one would be kept for ever, and
 * with fresh copies, since the browser keeps damaged ones just as long.
 */
async function startAgain() {
  const fresh = [names.js, names.wasm].map((name) => fetch(name, { cache: "reload" }));
  await Promise.all(fresh).catch(() => {});
  applyUpdate();
}

function announceOffline(state) {
  root.dataset.offline = state;
  dispatchEvent(new CustomEvent("wuzha:offline"));
}

/**
 * Ready once this very page is served that way: a part that it fetches later is to come from there. A page that was
 * on its way while the service worker became active was not taken over with the others, and asks.
 */
function announceReady() {
  const { serviceWorker } = navigator;
  if (serviceWorker.controller) return announceOffline("ready");
  serviceWorker.addEventListener("controllerchange", () => announceOffline("ready"), { once: true });
  registration.active.postMessage({ type: "claim" });
}

function watch(worker) {
  worker.addEventListener("statechange", () => {
    // Without an active worker this is the first installation, which is no update.
    const isFirst = !registration.active;
    if (worker.state === "installed" && !isFirst) announceUpdate();
    if (worker.state === "redundant" && isFirst) announceOffline("failed");
    if (worker.state === "activated") announceReady();
  });
}

/** Once there is a service worker; without one nothing is kept anyway. */
async function keepAll() {
  if (!("serviceWorker" in navigator)) return;
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ type: "keep-all" });
}

/** A phone may keep the app open for days, and only opening it anew would look for a new version. */
function lookForUpdates() {
  const HOUR = 3600 * 1000;
  let last = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - last < HOUR) return;
    last = Date.now();
    registration.update().catch(() => {});
  });
}

async function keepUpToDate() {
  const isBuilt = /^[0-9a-f]{12}$/.test(root.dataset.build);
  if (!isBuilt || !("serviceWorker" in navigator)) return;
  let hadController = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (applying) reload();
    // Another tab has applied the update: this page is the old version now.
    else if (hadController) announceUpdate();
    hadController = true;
  });
  await loaded();
  registration = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  if (registration.active) announceReady();
  if (registration.waiting) announceUpdate();
  if (registration.installing) watch(registration.installing);
  registration.addEventListener("updatefound", () => {
    if (registration.installing) watch(registration.installing);
  });
  lookForUpdates();
}

addEventListener("wuzha:ready", removeSplash);
addEventListener("wuzha:apply-update", applyUpdate);
addEventListener("wuzha:keep-all", keepAll);
byId("boot-reload").addEventListener("click", startAgain);

if (isSupported()) {
  start()
    .then(() => setTimeout(removeSplash, 2000), showFailure)
    .then(keepUpToDate)
    .catch((error) => console.error(error));
} else {
  show("unsupported");
}
