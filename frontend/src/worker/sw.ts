// The service worker (https only; see offline.ts): keeps the shell and the data of the site, the pages a visitor has read and
// their photos. It never takes over from one that is at work: a new version waits until the site was closed everywhere, so
// that no page is shown half old and half new. A file that cannot be had whole makes the install fail, and the old one stays.

import { setCacheNameDetails } from "workbox-core";
import { ExpirationPlugin } from "workbox-expiration";
import { cleanupOutdatedCaches, precacheAndRoute } from "workbox-precaching";
import { registerRoute, setCatchHandler } from "workbox-routing";
import { CacheFirst, NetworkFirst } from "workbox-strategies";
import { PAGES, PHOTOS, PREFIX } from "./names";

declare const self: ServiceWorkerGlobalScope & {
  /** [path from the site's root, base64 of its SHA-256], put before this script by haitang/offline.py. */
  __HAITANG_PRECACHE: [path: string, digest: string][];
};

const SLOW_NETWORK_S = 6; // then what was kept of the page is shown, if anything
const scope = new URL(self.registration.scope);

setCacheNameDetails({ prefix: PREFIX });
cleanupOutdatedCaches();
precacheAndRoute(
  // The digest is demanded of what arrives: a site that is published meanwhile cannot give half of each.
  self.__HAITANG_PRECACHE.map(([url, digest]) => ({ url, revision: digest, integrity: `sha256-${digest}` })),
  { cleanURLs: false, ignoreURLParametersMatching: [/^/] }, // search.html?q=… is search.html
);

/** Pages are kept under their bare address, whatever a messenger hangs onto it. */
const bare = {
  cacheKeyWillBeUsed: ({ request }: { request: Request }): Promise<string> => Promise.resolve(request.url.split(/[?#]/)[0]!),
};
/** Nothing but whole answers: no redirect, no page of a hotel's network. */
const whole = {
  cacheWillUpdate: ({ response }: { response: Response }): Promise<Response | null> =>
    Promise.resolve(response.status === 200 && !response.redirected ? response : null),
};

function ours(url: URL, folder = ""): boolean {
  return url.origin === scope.origin && url.pathname.startsWith(scope.pathname + folder);
}

registerRoute(
  ({ request, url }) => request.mode === "navigate" && ours(url) && /(\.html|\/)$/.test(url.pathname),
  new NetworkFirst({
    cacheName: PAGES + scope.href,
    networkTimeoutSeconds: SLOW_NETWORK_S,
    plugins: [bare, whole, new ExpirationPlugin({ maxEntries: 200, purgeOnQuotaError: true })],
  }),
);

registerRoute(
  ({ request, url }) => request.method === "GET" && ours(url, "photos/"),
  new CacheFirst({
    cacheName: PHOTOS + scope.href,
    plugins: [whole, new ExpirationPlugin({ maxEntries: 100, purgeOnQuotaError: true })],
  }),
);

// A page that was never read: the visitor is sent to one that says so, as its links only work at its own address.
setCatchHandler(({ request }) => {
  if (request.mode !== "navigate") return Promise.resolve(Response.error());
  const wanted = request.url.split(/[?#]/)[0]!.slice(scope.href.length);
  return Promise.resolve(Response.redirect(`${scope.href}offline.html#${wanted}`, 302));
});
