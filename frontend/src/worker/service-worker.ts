// The service worker (https only; see offline.ts): keeps the shell and the data of the site, the pages a visitor has read and
// their photos. A page and its parts always come from one version: pages come from the network while there is one and name each
// style, script and data file by its content (`?v=`); what is kept is given under exactly that name, whichever version of this
// worker is at work, and a kept page only where all it names is kept too. A file that cannot be had whole makes the install of a
// new version fail, and the phone keeps the one it has.
//
// A new worker never takes over while pages are open: where that falls into the moment in which a page is loading, Chromium can
// hold that page up for a minute and more. There is no need to. What a version has is written beside it (`held`), any worker
// gives what was written last, and the new one is at work once the site was closed everywhere.

import type { WorkboxPlugin } from "workbox-core";
import { ExpirationPlugin } from "workbox-expiration";
import { PrecacheController } from "workbox-precaching";
import { registerRoute, setCatchHandler } from "workbox-routing";
import { CacheFirst, NetworkFirst } from "workbox-strategies";
import { CLEAR, KEEP_ALL, PAGES, PARTS, PHOTOS, PICTURES, PRECACHE, PREFIX, SHARDS } from "../versions/cache-names";
import { dataPath, digestOf, FILES, versionOf, type Edition, type Named } from "../versions/digests";
import { clearAway } from "./clearing";
import { keepPictures, keptPicture } from "./kept-pictures";
import { isPage, nameOf } from "./page-names";
import { keepAllPages } from "./whole-site";

declare const self: ServiceWorkerGlobalScope & {
  /** [path from the site's root, base64 of its SHA-256], put before this script by haitang/site/service_worker.py. */
  __HAITANG_PRECACHE: [path: string, digest: string][];
  /** The site is so small that all of its pages are kept; put there as well. */
  __HAITANG_WHOLE?: boolean;
  /** The folders of further languages, where there are any: of these only what was read is kept. */
  __HAITANG_LANGUAGES?: string[];
};

const SLOW_NETWORK_S = 3; // then what was kept of the page is shown, if anything
const FAILURES = [403, 408, 429]; // of a host or what stands before it, besides 500 and above; a static site has no pages for them
const FORMER_FILES = 40; // parts of former versions that are left for pages which are still open
const MOST_SHARDS = 300; // some 2 MB: a town or two, and what was searched
const HEAD = 200; // characters in which a shard says its version
const scope = new URL(self.registration.scope);
const [parts, pages, photos, pictures, shards] = [PARTS, PAGES, PHOTOS, PICTURES, SHARDS].map((name) => name + scope.href) as [string, string, string, string, string];
/** Under this name, in the cache of the parts, stands which version this phone has whole: the last that was installed. */
const HELD = `${scope.href}data/edition.json`;

function addressOf(path: string, digest: string): string {
  return `${scope.href}${path}?v=${versionOf(digest)}`;
}

function ours(url: URL, folder = ""): boolean {
  return url.origin === scope.origin && url.pathname.startsWith(scope.pathname + folder);
}

/** The folder of the further language an address lies in; empty for the first one's. */
function languageOf(url: URL): string {
  return (self.__HAITANG_LANGUAGES || []).find((folder) => ours(url, folder)) || "";
}

const controller = new PrecacheController({
  cacheName: parts,
  plugins: [{ requestWillFetch: ({ request }) => Promise.resolve(new Request(request, { cache: "reload" })) }],
});

/** Notes that the phone has this version whole. */
async function hold(): Promise<void> {
  const cache = await caches.open(parts);
  // A worker of former releases, which made no such note, gives nothing but the files of its own version: it has to go at once.
  const isFormer = self.registration.active && !(await cache.match(HELD));
  const own: Edition = { edition: "", parts: {} };
  self.__HAITANG_PRECACHE.forEach(([path, digest]) => (own.parts[path] = digest));
  await cache.put(HELD, new Response(JSON.stringify(own)));
  await tidy();
  if (isFormer) void self.skipWaiting();
}

/** Digests by path of the version that this phone has; an empty one before there is any. */
async function held(): Promise<Edition["parts"]> {
  const found = await (await caches.open(parts)).match(HELD);
  return found ? ((await found.json()) as Edition).parts : {};
}

async function clearFormer(): Promise<void> {
  const names = await caches.keys();
  const kept = [parts, pages, photos, pictures, shards, PRECACHE + scope.href]; // the last one pages take away, and come again
  const former = names.filter((name) => name.startsWith(PREFIX) && name.endsWith(scope.href) && !kept.includes(name));
  await Promise.all(former.map((name) => caches.delete(name)));
}

/** The addresses of all styles, scripts and icons that a page names; not of what somebody on the way has put into it. */
function partsOf(html: string, base: string): string[] {
  const named = html.match(/="[^"]*assets\/[\w.-]+\?v=[\w-]{16}"/g) || [];
  return named.map((found) => new URL(found.slice(2, -1), base)).filter((url) => ours(url, "assets/")).map(({ href }) => href);
}

/** And of the data it is made with: the index that it names, and what that names. */
async function dataOf(html: string, base: string, cache: Cache): Promise<string[]> {
  const [, digest] = / data-files="([\w+/=]+)"/.exec(html) || [];
  const folder = languageOf(new URL(base));
  const index = digest && addressOf(folder + FILES, digest);
  const found = index && (await cache.match(index));
  if (!found) return [];
  const text = await found.text();
  const digests = JSON.parse(text.slice(text.indexOf("={") + 1, text.indexOf("};") + 1)) as Named;
  const of = (path: string): string[] => Object.keys(digests).map((name) => addressOf(path + dataPath(name), digests[name]!));
  return [index, ...of(""), ...of(folder)]; // some of it is shared with the first language
}

/** Takes away what former versions left, but not what a kept page names, nor the latest: some page may still be open. */
async function tidy(): Promise<void> {
  const cache = await caches.open(parts);
  const mine = new Set([HELD, ...self.__HAITANG_PRECACHE.map(([path, digest]) => addressOf(path, digest))]);
  const others = (await cache.keys()).map(({ url }) => url).filter((url) => !mine.has(url)).slice(0, -FORMER_FILES);
  if (!others.length) return;
  const read = await caches.open(pages);
  const named = new Set<string>();
  for (const request of await read.keys()) {
    const html = await (await read.match(request))!.text();
    [...partsOf(html, request.url), ...(await dataOf(html, request.url, cache))].forEach((url) => named.add(url));
  }
  await Promise.all(others.filter((url) => !named.has(url)).map((url) => cache.delete(url)));
}

/** Nothing but whole answers: no redirect, no page of a hotel's network. */
function isWhole(response: Response): boolean {
  return response.status === 200 && !response.redirected;
}

function pathOf(address: string): string {
  return nameOf(address).slice(scope.href.length);
}

/** A file of the version that is held where it has it, else what was kept of a page; null where something that the page names is
 * not kept. */
async function keptWhole(request: Request, read: Response | undefined): Promise<Response | null> {
  const cache = await caches.open(parts);
  const path = pathOf(request.url);
  const digest = (await held())[path];
  const found = digest ? await cache.match(addressOf(path, digest)) : read;
  if (!found) return null;
  const wanted = partsOf(await found.clone().text(), request.url);
  return (await Promise.all(wanted.map((url) => cache.match(url)))).every(Boolean) ? found : null;
}

const throughNetwork: WorkboxPlugin = {
  // Past the browser's own cache, where a host lets it keep pages for ten minutes. A redirect is left to the browser.
  requestWillFetch: ({ request: { url, headers } }) =>
    Promise.resolve(new Request(url, { headers, cache: "no-cache", credentials: "same-origin", redirect: "manual" })),
  fetchDidSucceed: async ({ request, response }) => {
    const read = await caches.open(pages);
    if (response.status === 404 || response.status === 410) await read.delete(nameOf(request.url));
    // A host that fails is no better than no network, for what is kept.
    const failed = response.status >= 500 || FAILURES.includes(response.status);
    if (failed && (await keptWhole(request, await read.match(nameOf(request.url))))) throw new Error(String(response.status));
    return response;
  },
  cacheKeyWillBeUsed: ({ request }) => Promise.resolve(nameOf(request.url)),
  cacheWillUpdate: async ({ request, response }) => (isWhole(response) && !(await held())[pathOf(request.url)] ? response : null),
  cachedResponseWillBeUsed: ({ request, cachedResponse }) => keptWhole(request, cachedResponse),
};

/** For what a page names by its content: kept if it is that, else asked for; once more past the browser's own cache where that or
 * somebody on the way gave another version. Where it is none then, something rewrites what is on its way. */
async function exactly({ url, cache }: Request): Promise<Response> {
  const store = await caches.open(parts);
  const kept = await store.match(url);
  if (kept) return kept;
  const response = await fetch(url, { cache });
  if (!isWhole(response) || (await keep(store, url, response))) return response;
  const again = await fetch(url, { cache: "reload" }).catch(() => response);
  if (isWhole(again)) await keep(store, url, again);
  return again;
}

/** Whether it is what it is called, and so kept, as far as there is room. */
async function keep(store: Cache, address: string, response: Response): Promise<boolean> {
  const version = versionOf(await digestOf(await response.clone().arrayBuffer()));
  if (new URL(address).searchParams.get("v") !== version) return false;
  await store.put(address, response.clone()).catch(() => undefined);
  return true;
}

/** The index of the data for pages that do not name one: what is out; without a network, or with a slow one, what this phone has. */
async function indexOut(request: Request): Promise<Response> {
  const url = new URL(request.url);
  const store = await caches.open(parts);
  const digest = (await held())[FILES];
  // Of a further language that index which came last.
  const known = languageOf(url) ? (await store.keys()).map((each) => each.url).filter((each) => each.split("?")[0] === url.origin + url.pathname).pop() : digest && addressOf(FILES, digest);
  const kept = known ? await store.match(known) : undefined;
  const asked = fetch(request).then((response) => (kept && !isWhole(response) ? kept : response));
  if (!kept) return asked;
  const late = new Promise<Response>((done) => setTimeout(() => done(kept), SLOW_NETWORK_S * 1000));
  return Promise.race([asked.catch(() => kept), late]);
}

/** A visitor who asks for a page again waits for it as long as the browser does. */
function isReload(request: Request & { isReloadNavigation?: boolean }): boolean {
  return request.isReloadNavigation || request.cache === "no-cache" || request.cache === "reload";
}

const strategy = {
  cacheName: pages,
  plugins: [new ExpirationPlugin({ maxEntries: 200, purgeOnQuotaError: true }), throughNetwork],
};
const [quick, patient] = [new NetworkFirst({ ...strategy, networkTimeoutSeconds: SLOW_NETWORK_S }), new NetworkFirst(strategy)];

export function startServiceWorker(): void {
  // The digest is demanded of what arrives: a site that is published meanwhile cannot give half of each.
  controller.addToCacheList(
    self.__HAITANG_PRECACHE.map(([path, digest]) => ({ url: addressOf(path, digest), revision: null, integrity: `sha256-${digest}` })),
  );
  self.addEventListener("install", (event) => {
    event.waitUntil(controller.install(event).then(hold));
  });
  self.addEventListener("activate", (event) => {
    event.waitUntil(Promise.all([self.clients.claim(), clearFormer()]));
  });
  self.addEventListener("message", (event) => {
    if (event.data === KEEP_ALL) event.waitUntil(keepAll());
    if (event.data === CLEAR) event.waitUntil(leave().then(() => event.ports.forEach((port) => port.postMessage(CLEAR))));
  });
  routePages();
  routeParts();
}

let keeping: Promise<void> | undefined;

/** Once at a time, and never while a version is being installed: pages ask for it when they are at rest. */
function keepAll(): Promise<void> {
  if (!self.__HAITANG_WHOLE) return Promise.resolve();
  const done = (): void => (keeping = undefined);
  return keeping || (keeping = keepAllPages(scope.href, pages, self.__HAITANG_LANGUAGES || []).then((all) => (all ? keepPictures(scope.href, pictures) : undefined)).then(done, done));
}

/** For a visitor who wants nothing kept. The page that asks is the last one this worker serves. */
async function leave(): Promise<void> {
  self.__HAITANG_WHOLE = false;
  await self.registration.unregister();
  await clearAway(scope.href);
}

function routePages(): void {
  registerRoute(
    ({ request, url }) => request.mode === "navigate" && ours(url) && isPage(url.pathname),
    ({ request, event }) => (isReload(request) ? patient : quick).handle({ request, event }),
  );
  // A page that was never read: the visitor is sent to one that tells what the phone knows of it, as that one's links only work at
  // its own address.
  setCatchHandler(async ({ request, url }) => {
    if (url && ours(url, "photos/")) return (await keptPicture(pictures, url.href)) || Response.error();
    if (request.mode !== "navigate") return Response.error();
    return Response.redirect(scope.href + (await sayingSo(new URL(request.url))), 302);
  });
}

/** The page that tells of another one, in that one's language if this phone has it. */
async function sayingSo(wanted: URL): Promise<string> {
  const folder = languageOf(wanted);
  const own = folder && (await held())[`${folder}offline.html`] ? folder : "";
  return `${own}offline.html#${pathOf(wanted.href).slice(own.length)}`;
}

function routeParts(): void {
  // Which data this phone has, for pages that are shown without network.
  registerRoute(({ url }) => url.href === HELD, async () => (await (await caches.open(parts)).match(HELD)) || Response.error());

  registerRoute(({ url }) => ours(url, languageOf(url) + FILES) && !url.searchParams.has("v"), ({ request }) => indexOut(request));

  registerRoute(
    ({ request, url }) => request.method === "GET" && ours(url) && url.searchParams.has("v"),
    ({ request }) => exactly(request),
  );

  // Of a directory that comes in blocks what was looked at stays, and only the version that was asked for.
  registerRoute(
    ({ request, url }) => request.method === "GET" && ours(url, `${languageOf(url)}data/`) && url.searchParams.has("s") && !url.searchParams.has("t"),
    new CacheFirst({
      cacheName: shards,
      plugins: [
        { cacheWillUpdate: async ({ request, response }) => {
          const named = `"v":"${new URL(request.url).searchParams.get("s")!}"`;
          return isWhole(response) && (await response.clone().text()).slice(0, HEAD).indexOf(named) > 0 ? response : null;
        } },
        new ExpirationPlugin({ maxEntries: MOST_SHARDS, purgeOnQuotaError: true }),
      ],
    }),
  );

  registerRoute(
    ({ request, url }) => request.method === "GET" && ours(url, "photos/"),
    new CacheFirst({
      cacheName: photos,
      plugins: [
        { cacheWillUpdate: ({ response }) => Promise.resolve(isWhole(response) ? response : null) },
        new ExpirationPlugin({ maxEntries: 100, purgeOnQuotaError: true }),
      ],
    }),
  );
}
