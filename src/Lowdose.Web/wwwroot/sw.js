// Keeps the empty day page and what it needs, so that the diary opens without a network. It keeps no answer: pages with
// answers are no-store and pass through; what was typed waits in the queue (queue.js). Lowdose puts VERSION and FILES in front.
/* global VERSION, FILES */
const patienceMs = 4000;

self.addEventListener("install", event => event.waitUntil(
  caches.open(VERSION).then(cache => cache.addAll(FILES)).then(() => self.skipWaiting())));

self.addEventListener("activate", event => event.waitUntil(
  caches.keys().then(names => Promise.all(names.filter(n => n !== VERSION).map(n => caches.delete(n)))).then(() => self.clients.claim())));

const isDay = path => path === "/today" || path.startsWith("/day/");

const page = async request => {
  const { pathname } = new URL(request.url);
  try {
    // A network that says nothing is no network; a slow server is waited for only where there is something else to show.
    return await fetch(request, { signal: isDay(pathname) ? AbortSignal.timeout(patienceMs) : undefined });
  } catch {
    return await caches.match(isDay(pathname) ? "/offline/day" : pathname) ?? caches.match("/offline");
  }
};

self.addEventListener("fetch", event => {
  const { request } = event, { pathname, search, origin } = new URL(request.url);
  if (origin !== self.location.origin || request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (FILES.includes(pathname + search)) event.respondWith(caches.match(request).then(kept => kept ?? fetch(request)));
});

// A reminder: it says nothing of what it is for. "In an hour" asks for one more.
self.addEventListener("push", event => {
  const { title, text } = event.data.json();
  event.waitUntil(self.registration.showNotification(title, { body: text, tag: "reminder", icon: "/icon-512.png", actions: [{ action: "later", title: "In an hour" }] }));
});

const later = async () => {
  const subscription = await self.registration.pushManager.getSubscription();
  const { endpoint } = subscription?.toJSON() ?? {};
  if (endpoint) await fetch("/settings/reminders/later", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ endpoint }) });
};

self.addEventListener("notificationclick", event => {
  event.notification.close();
  event.waitUntil(event.action === "later" ? later() : self.clients.openWindow("/today"));
});
