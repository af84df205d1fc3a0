// The worker of the installed portal. It keeps what pages are drawn with and one page that says that there is no
// network. Pages and answers of the API are never kept: they belong to who signed in. `PORTAL` stands above.

const KEPT = `gonghui-${PORTAL.version}`;

self.addEventListener("install", (event) => {
  const wanted = [...PORTAL.assets, PORTAL.offline].map((address) => new Request(address, { credentials: "omit" }));
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(wanted)).then(() => self.skipWaiting()));
});

const forgetOthers = async () => {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)));
};

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOthers().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(PORTAL.offline)));
  } else if (PORTAL.assets.includes(new URL(request.url).pathname)) {
    event.respondWith(caches.match(request.url).then((kept) => kept ?? fetch(request)));
  }
});

// At sign-out what was kept for one person goes.
self.addEventListener("message", (event) => {
  if (event.data?.topic === "signed-out") event.waitUntil(forgetOthers());
});
