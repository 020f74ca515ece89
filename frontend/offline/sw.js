// Keeps the app on the device: the shell that it starts with, and the parts that were opened. Never an answer of the API.
// The build fills in what the braces name; each new build is a new version of this file.
const CACHE = "captain-{{version}}";
/** What the app starts with. */
const SHELL = ["{{shell}}"];
/** What it downloads later, by names that change with the content. */
const LATER = ["{{later}}"];

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
// A page asks for it when the person wants the new version; until then the old one stays whole.
addEventListener("message", (event) => {
  if (event.data === "take over") skipWaiting();
});
addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin || pathname.startsWith("/api/")) return;
  if (mode === "navigate") event.respondWith(kept("/", event.request));
  else if (SHELL.includes(pathname) || LATER.includes(pathname)) event.respondWith(kept(pathname, event.request));
});

async function install() {
  const cache = await caches.open(CACHE);
  // A hashed name stands for its content, so the browser's own cache will do; anything else is asked for anew.
  const ask = (path) => new Request(path, { cache: path.startsWith("/app/") ? "default" : "reload" });
  await cache.addAll(SHELL.map(ask));
  // Parts that were opened and did not change come along.
  for (const path of LATER) {
    const response = await caches.match(path);
    if (response) await cache.put(path, response);
  }
}

async function activate() {
  const old = (await caches.keys()).filter((name) => name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
}

async function kept(path, request) {
  const cache = await caches.open(CACHE);
  const known = await cache.match(path);
  if (known) return known;
  const response = await fetch(request);
  // An unknown path is answered with the page: a part that is gone must not be kept as one.
  const isPage = response.headers.get("content-type")?.includes("text/html");
  if (response.ok && !isPage) await cache.put(path, response.clone());
  return response;
}
