// The kill switch: published as sw.js where directory.yml says `offline: 否`, and left at the address that a site has moved away
// from. It takes over at once, clears away what the service worker kept, and takes itself off. Open pages are not reloaded; they
// simply ask the network again.

import { clearAway } from "./clearing";

declare const self: ServiceWorkerGlobalScope;

export function startKillSwitch(): void {
  self.addEventListener("install", () => {
    void self.skipWaiting();
  });
  self.addEventListener("activate", (event) => {
    const off = (): Promise<boolean> => self.registration.unregister();
    event.waitUntil(clearAway(self.registration.scope).then(off, off));
  });
}
