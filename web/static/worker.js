// Opens one form where there is no network: from the copy that this device keeps of it (offline.js). One worker a form.
"use strict";

const HOURS = 72; // after that nobody is at the cell any more
const PATH = new URL(self.registration.scope).pathname;
const NAME = "giu " + new URL(self.location).searchParams.get("v") + " " + PATH;

self.addEventListener("install", () => self.skipWaiting());

// Copies that an earlier version of the desk made are not opened by this one.
self.addEventListener("activate", (event) => event.waitUntil((async function () {
  const old = (await caches.keys()).filter((name) => name.endsWith(" " + PATH) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
})()));

self.addEventListener("fetch", function (event) {
  const asked = new URL(event.request.url);
  if (event.request.mode === "navigate" && asked.pathname === PATH) event.respondWith(page(event.request));
  else if (event.request.method === "GET" && asked.pathname.startsWith("/static/")) event.respondWith(file(event.request));
});

/** The desk comes first, always: what it says of a form or a link counts. */
async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await copy(request.url);
    if (kept) return kept;
    throw error;
  }
}

function madeAt(kept) {
  return Date.parse(kept.headers.get("date")) || 0;
}

/** No copy outlives its time, nor one that closed.js has laid aside. */
async function dropWhenOver() {
  if (!(await caches.has(NAME))) return; // to open it would make it
  const kept = await caches.open(NAME);
  for (const request of await kept.keys()) {
    if (!new URL(request.url).pathname.startsWith(PATH)) continue; // the parts of a page go with it
    if (Date.now() - madeAt(await kept.match(request)) <= HOURS * 3600000) continue;
    await caches.delete(NAME);
    return;
  }
}

async function copy(url) {
  await dropWhenOver();
  const found = (await caches.match(url, { cacheName: NAME })) || (await caches.match(url, { cacheName: NAME, ignoreSearch: true }));
  if (!found) return null;
  const made = madeAt(found);
  // The page has to say that it is a copy, and of when.
  const text = (await found.text()).replace("<html ", '<html data-kept="' + made + '" ');
  const headers = new Headers(found.headers);
  for (const name of ["content-length", "content-encoding", "set-cookie"]) headers.delete(name);
  return new Response(text, { headers });
}

async function file(request) {
  return (await caches.match(request, { cacheName: NAME })) || fetch(request);
}
