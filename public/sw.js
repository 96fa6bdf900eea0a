// The service worker: the app opens without a network from the second time on.
//
//  - All or nothing: a version is installed only when every file has arrived and has exactly the
//    hash it was built with. A half-filled or damaged cache never becomes active.
//  - One cache for each build. The old version keeps its files until the new one takes over.
//  - It takes over only when the person agrees: on the message {type: "skip-waiting"}.
//  - What only some people need is kept when a page says that this device does.
//  - It touches GET requests of this origin only, and never the sync API.
//
// Messages: {type: "skip-waiting"}; {type: "claim"}; {type: "keep-all"}; {type: "build"} is answered with {type: "build", build}.

// Filled in by the build (xtask/src/finish_dist/precache.rs).
const BUILD = "__BUILD__";
// [path, SHA-256 in hex], what the first screen needs first.
const FILES = "__FILES__";
// The same, for what is not fetched before somebody needs it.
const LATER = "__LATER__";

const PREFIX = "wuzha-";
const CACHE = PREFIX + BUILD;
const PAGE = "/index.html";
const PATHS = new Set([...FILES, ...LATER].map(([path]) => path));
// Names that carry a hash are never reused, so the copy that the page has just loaded will do.
const HASHED = /-[0-9a-f]{12,16}(_bg)?\.\w+$/;
// Answered by the server alone.
const SERVER_ONLY = /^\/(v1\/|healthz$)/;
// At once; more would only compete with each other on a slow line.
const LANES = 3;

async function sha256(response) {
  const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function isIntact(response, hash) {
  return response.ok && !response.redirected && await sha256(response.clone()) === hash;
}

/** The file from an earlier version or attempt, where its bytes are the same. */
async function kept(path, hash) {
  const response = await caches.match(path);
  return response && await isIntact(response, hash) ? response : undefined;
}

async function fetched(path, hash) {
  // The browser's own cache may be asked, but the server decides whether its copy is current.
  const response = await fetch(path, { cache: HASHED.test(path) ? "default" : "no-cache" });
  if (await isIntact(response, hash)) return response;
  // A damaged copy in the browser's cache would otherwise be met again at each attempt.
  const fresh = await fetch(path, { cache: "reload" });
  if (await isIntact(fresh, hash)) return fresh;
  throw new Error(`${path} is not what build ${BUILD} expects`);
}

async function install() {
  // Not so where this very version is in use and a worker that was damaged on its way came after it.
  const isNew = !await caches.has(CACHE);
  const cache = await caches.open(CACHE);
  // Who needed it in the last version does so in this one.
  const needed = await Promise.all(LATER.map(([path]) => caches.match(path)));
  const left = [...FILES, ...LATER.filter((_, at) => needed[at])];
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [path, hash] = next;
      await cache.put(path, await kept(path, hash) || await fetched(path, hash));
    }
  };
  const stopOthers = (error) => {
    left.length = 0;
    throw error;
  };
  const lanes = Array.from({ length: LANES }, () => work().catch(stopOthers));
  const failed = (await Promise.allSettled(lanes)).find((lane) => lane.status === "rejected");
  if (!failed) return;
  // After all lanes have ended, so that none of them fills the cache again.
  if (isNew) await caches.delete(CACHE);
  throw failed.reason;
}

/** Keeps what only some people need. What fails is tried again the next time that it is asked for. */
async function keepAll() {
  const cache = await caches.open(CACHE);
  for (const [path, hash] of LATER) {
    if (!await cache.match(path)) await cache.put(path, await fetched(path, hash));
  }
}

async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  // The page that installed the first version is served from it at once.
  await self.clients.claim();
}

/** The listed file, else the network: nobody needed it so far, or the browser has thrown the cache away. */
async function answer(path, request) {
  const cache = await caches.open(CACHE);
  return await cache.match(path) || fetch(request);
}

/** The path to answer from the cache with, or `null` where the server should answer. */
function route(request) {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return null;
  if (SERVER_ONLY.test(url.pathname)) return null;
  if (PATHS.has(url.pathname)) return url.pathname;
  // Every screen of the app is the one page. A path with an ending is a file we do not have.
  const isScreen = request.mode === "navigate" && !/\.\w+$/.test(url.pathname);
  return isScreen ? PAGE : null;
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("fetch", (event) => {
  const path = route(event.request);
  if (path) event.respondWith(answer(path, event.request));
});

self.addEventListener("message", (event) => {
  const { type } = event.data || {};
  if (type === "skip-waiting") event.waitUntil(self.skipWaiting());
  if (type === "claim") event.waitUntil(self.clients.claim());
  if (type === "keep-all") event.waitUntil(keepAll());
  if (type === "build") (event.ports[0] || event.source).postMessage({ type: "build", build: BUILD });
});
