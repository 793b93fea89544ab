// Takes away everything that was kept of the site.

import { CacheExpiration } from "workbox-expiration";
import { PAGES, PHOTOS, PREFIX, SHARDS } from "../versions/cache-names";

export async function clearAway(scope: string): Promise<void> {
  const names = await caches.keys();
  const own = names.filter((name) => name.startsWith(PREFIX) && name.endsWith(scope));
  await Promise.all(own.map((name) => caches.delete(name)));
  // When which page was read is noted beside the caches.
  await Promise.all([PAGES, PHOTOS, SHARDS].map((name) => new CacheExpiration(name + scope, { maxEntries: 1 }).delete()));
}
