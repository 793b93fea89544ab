// A small site comes whole: all of its pages, one after the other, while somebody reads one of them. Which there are stands in
// data/pages.json, each with its SHA-256 (haitang/site/service_worker.py): what is kept already is not asked for again, and of a
// site that is published meanwhile nothing is taken that does not fit.

import { digestOf, type Named } from "../versions/digests";

const LIST = "data/pages.json";
const MOST_FAILURES = 3; // then there is no network any more, or something on the way rewrites every page

/** Into the cache `store`; whether all are there. What cannot be had now is asked for by a later visit. What was read in the
 * folders of `others`, further languages, stays. */
export async function keepAllPages(scope: string, store: string, others: readonly string[]): Promise<boolean> {
  const listed = await fetch(scope + LIST, { cache: "no-cache" });
  if (!listed.ok) return false;
  const digests = (await listed.json()) as Named;
  const cache = await caches.open(store);
  const pages = Object.keys(digests).map((path): [address: string, digest: string] => [new URL(path, scope).href, digests[path]!]);
  const addresses = new Set(pages.map(([address]) => address));
  const gone = (await cache.keys()).filter(({ url }) => !addresses.has(url) && !others.some((folder) => url.startsWith(scope + folder)));
  await Promise.all(gone.map((request) => cache.delete(request)));
  let failures = 0;
  for (const [address, digest] of pages) {
    if (failures === MOST_FAILURES) return false;
    await keepPage(cache, address, digest).catch(() => failures++);
  }
  return !failures;
}

async function keepPage(cache: Cache, address: string, digest: string): Promise<void> {
  const kept = await cache.match(address);
  if (kept && (await digestOf(await kept.arrayBuffer())) === digest) return;
  // Where the host takes `.html` off the address, the answer is one to another address: a copy is one to none.
  const { headers, body } = await fetch(address, { cache: "no-cache", integrity: `sha256-${digest}` });
  await cache.put(address, new Response(body, { headers }));
}
