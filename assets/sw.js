// Keeps one whole build for use without a network, and never mixes two: the pages of a build are
// served from its own cache until a person takes the newer one.
"use strict";
const BUILD = "@BUILD@";
const CACHE = "trailglass-" + BUILD;
// Every file of the build with its hash, but for the page itself.
const FILES = [/*@FILES@*/];

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(forget()));

self.addEventListener("message", (event) => {
  if (event.data === "take-over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method === "GET" && url.origin === location.origin) {
    event.respondWith(answer(event.request, url));
  }
});

async function keep() {
  const cache = await caches.open(CACHE);
  const page = await fetch("./", { cache: "no-cache" });
  const text = await page.clone().text();
  if (!page.ok || !text.includes(BUILD)) throw new Error("the page is of another build");
  await cache.put("./", page);
  await Promise.all(
    FILES.map(async ([file, integrity]) => {
      const url = file + "?v=" + BUILD;
      const got = await fetch(url, { integrity });
      if (!got.ok) throw new Error(file + ": " + got.status);
      await cache.put(url, got);
    })
  );
}

async function forget() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("trailglass-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function answer(request, url) {
  const cache = await caches.open(CACHE);
  const folder = new URL("./", location.href).pathname;
  const isPage = url.pathname === folder || url.pathname === folder + "index.html";
  const kept = await cache.match(isPage ? "./" : request);
  return kept || fetch(request);
}
