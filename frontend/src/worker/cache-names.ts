// The names of what the service worker keeps. They end with the worker's scope: other sites may live on the same host.

export const PREFIX = "haitang";
export const PARTS = `${PREFIX}-parts-`;
export const PAGES = `${PREFIX}-read-`;
export const SHARDS = `${PREFIX}-shards-`;
export const PHOTOS = `${PREFIX}-photos-`;
