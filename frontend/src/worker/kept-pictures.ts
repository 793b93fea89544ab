// Of a site that is kept whole also the small pictures of places, once all pages are there: one after the other, the first of every
// place before the second of any. Which, and how many, data/pictures.json says (haitang/site/service_worker.py).

import { isDear, type Connection } from "../versions/dear-line";
import type { Named } from "../versions/digests";

const LIST = "data/pictures.json";
const MOST_FAILURES = 3; // as of pages
const SIZE = /\.\d+\.\w+$/; // of a file of a picture: `photos/<name>.<digest>.<width>.<kind>`

/** Into the cache `store`; what is no longer on the list goes. */
export async function keepPictures(scope: string, store: string): Promise<void> {
  const listed = await fetch(scope + LIST, { cache: "no-cache" });
  if (!listed.ok) return;
  const digests = (await listed.json()) as Named;
  const cache = await caches.open(store);
  const wanted = new Map(Object.keys(digests).map((path) => [scope + path, digests[path]!] as const));
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  await Promise.all(Array.from(kept).filter((url) => !wanted.has(url)).map((url) => cache.delete(url)));
  let failures = 0;
  for (const [address, digest] of wanted) {
    if (kept.has(address)) continue; // its name tells what is in it
    if (failures === MOST_FAILURES || isDear((navigator as { connection?: Connection }).connection)) return;
    await keepPicture(cache, address, digest).catch(() => failures++);
  }
}

async function keepPicture(cache: Cache, address: string, digest: string): Promise<void> {
  const asked = { integrity: `sha256-${digest}`, priority: "low" } as RequestInit; // TypeScript knows no `priority`
  const response = await fetch(address, asked);
  if (response.status === 200 && !response.redirected) await cache.put(address, response);
}

/** Whichever file of a picture a page asks for: the one of it that is kept. */
export async function keptPicture(store: string, address: string): Promise<Response | undefined> {
  if (!(await caches.has(store))) return undefined;
  const cache = await caches.open(store);
  const name = address.replace(SIZE, "");
  const found = (await cache.keys()).find(({ url }) => url.replace(SIZE, "") === name);
  return found && cache.match(found);
}
