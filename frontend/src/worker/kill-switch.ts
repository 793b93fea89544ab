// The kill switch: published as sw.js where directory.yml says `offline: 否`. It takes over at once, clears away what the
// service worker kept, and takes itself off. Open pages are not reloaded; they simply ask the network again.

import { CacheExpiration } from "workbox-expiration";
import { PAGES, PHOTOS, PREFIX, SHARDS } from "./cache-names";

declare const self: ServiceWorkerGlobalScope;

const scope = self.registration.scope;

async function clear(): Promise<void> {
  const names = await caches.keys();
  const own = names.filter((name) => name.startsWith(PREFIX) && name.endsWith(scope));
  await Promise.all(own.map((name) => caches.delete(name)));
  // When which page was read is noted beside the caches.
  await Promise.all([PAGES, PHOTOS, SHARDS].map((name) => new CacheExpiration(name + scope, { maxEntries: 1 }).delete()));
}

export function startKillSwitch(): void {
  self.addEventListener("install", () => {
    void self.skipWaiting();
  });
  self.addEventListener("activate", (event) => {
    const off = (): Promise<boolean> => self.registration.unregister();
    event.waitUntil(clear().then(off, off));
  });
}
