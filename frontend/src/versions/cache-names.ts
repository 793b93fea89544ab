// The names of what the service worker keeps, and what pages may ask of it. Names of caches end with the worker's scope: other
// sites may live on the same host.

export const PREFIX = "haitang";
export const PARTS = `${PREFIX}-parts-`;
export const PAGES = `${PREFIX}-read-`;
export const SHARDS = `${PREFIX}-shards-`;
export const PHOTOS = `${PREFIX}-photos-`;
export const PICTURES = `${PREFIX}-pictures-`;

/** Where the worker of former releases kept its files: former-worker.ts. */
export const PRECACHE = `${PREFIX}-precache-v2-`;

/** Messages to the worker: fetch all pages of a small site; clear everything away, leave, and answer when that is done. */
export const KEEP_ALL = "keep-all";
export const CLEAR = "clear";
