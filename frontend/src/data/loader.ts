// Loads the directory's data from classic scripts, because `fetch` does not work from file://.
//
// On a server every file is asked for by its digest, so that what comes is whole and of one version. The digests stand in the
// index data/files.js: home, search and map name the one they were made with, all other pages ask for the one that is out.

import { ofData } from "../core/of-data";
import { dataPath, FILES, versionOf, type Named } from "../versions/digests";
import { areRewritten, askEdition, holds, isServed, OUTDATED } from "../versions/edition";
import { pathInSite, rootOf } from "../versions/languages";
import type { Data } from "./directory";
import { unpack } from "./unpack";

/** False in the bundles of halls, whose data stand in the page: build.mjs. */
declare const MAY_ASK: boolean;

/** What has been asked for, by all bundles of a page: one asks ahead for what another one needs. */
interface Loading {
  asked: Map<string, Promise<void>>;
  index?: Promise<Named> | undefined;
  renewing?: Promise<Named> | undefined; // once for all files that failed together
}

function loading(): Loading {
  const shared = window as { haitangLoading?: Loading };
  return shared.haitangLoading || (shared.haitangLoading = { asked: new Map<string, Promise<void>>() });
}

const unpackedOf = ofData((): Partial<Data> => ({}));

/** Loads data/<name>.js once, however many ask. Rejects where it is missing or cut short: what is on the page then stays. */
export function load<Name extends keyof Data>(root: string, name: Name): Promise<Data[Name]> {
  // The rows of every file are those of places.js, and facts.js quotes its names; both come at once.
  const places = name === "places" ? Promise.resolve(null) : load(root, "places");
  return Promise.all([places, script(root, name)]).then(([known]) => {
    const packed = window.HAITANG && window.HAITANG[name];
    if (!packed) throw new Error(`data/${name}.js: no data`);
    try {
      const unpacked = unpackedOf();
      return (unpacked[name] || (unpacked[name] = unpack(name, packed, known)));
    } catch (error) {
      throw new Error(`data/${name}.js: ${String(error)}`);
    }
  });
}

/** Loads any script of data/ once, of one version with all others of this page. */
export function script(root: string, name: string): Promise<void> {
  if (window.HAITANG && window.HAITANG[name]) return Promise.resolve();
  const { asked } = loading();
  let wait = asked.get(name);
  if (!wait) {
    wait = filesOut(root).then((files) => (isServed() ? ofVersion(root, name, files) : put(rootOf(root, name) + dataPath(name))));
    wait.catch(() => asked.delete(name)); // a phone that was in a tunnel may ask again
    asked.set(name, wait);
  }
  return wait;
}

/** The same for one that not every site has. */
export function scriptIfAny(root: string, name: string): Promise<void> {
  return exists(root, name).then((there) => (there ? script(root, name) : undefined));
}

function known(): Named | undefined {
  return window.HAITANG && (window.HAITANG["files"] as Named | undefined);
}

/** Whether there is such a data file at all. */
export function exists(root: string, name: string): Promise<boolean> {
  return filesOut(root).then((files) => name in files);
}

/** The digests of all data files by name. In a hall everything is in the page. */
function filesOut(root: string): Promise<Named> {
  const there = known() || (MAY_ASK ? undefined : {});
  if (there) return Promise.resolve(there);
  const page = loading();
  if (!page.index) {
    const { files } = document.documentElement.dataset;
    const own = !isServed() ? put(root + FILES).then(() => known() || {}) : files ? put(`${root}${FILES}?v=${versionOf(files)}`, files).then(() => known() || {}) : Promise.reject(new Error(FILES));
    page.index = own.catch(() => renewed(root)); // a page may be older than the site that is out: then it takes the data that are
    page.index.catch(() => (page.index = undefined));
  }
  return page.index;
}

/** The index that is out now, past every cache; `stale` again where this page already works with another version. */
function renewed(root: string, stale: Named = {}): Promise<Named> {
  const there = known();
  if (there && there !== stale && Object.keys(stale).length) return Promise.resolve(there); // another file has failed before
  const page = loading();
  if (!page.renewing) {
    page.renewing = put(`${root}${FILES}?t=${Date.now()}`).then(() => {
      const out = known() || {};
      const other = Object.keys(stale).some((name) => out[name] !== stale[name] && window.HAITANG![name]);
      if (other) window.HAITANG!["files"] = stale;
      return other ? stale : out;
    });
    const done = (): void => (page.renewing = undefined);
    page.renewing.then(done, done);
  }
  return page.renewing;
}

/** Only what has the index's digest is taken; where that cannot be had, the site may have been switched since the index came. */
function ofVersion(root: string, name: string, files: Named): Promise<void> {
  const path = dataPath(name);
  const address = (digest: string): string => `${rootOf(root, name)}${path}?v=${versionOf(digest)}`;
  const digest = files[name];
  if (!digest) return put(root + path);
  return put(address(digest), digest).catch((failure: Error) => renewed(root, files).catch(() => files).then((out) => {
    const now = out[name] || digest;
    const last = (): Promise<void> => lastResort(address(now), pathInSite(path, name), now, failure);
    return now === digest ? last() : put(address(now), now).catch(last);
  }));
}

/** Some server still gives another version, or something on the way rewrites what it brings. */
function lastResort(address: string, path: string, digest: string, failure: Error): Promise<void> {
  return askEdition(false).then((out) => {
    if (!out || out.parts[path] !== digest) {
      if (out) document.dispatchEvent(new CustomEvent(OUTDATED));
      throw failure;
    }
    // Something on the way gave another version under this name, and the browser may have kept it.
    return holds(address, digest, "reload").then((whole) => (whole ? put(address, digest) : areRewritten(out).then((rewritten) => {
      if (!rewritten) throw failure;
      return put(address); // what is made of ours on the way is all there is
    })));
  });
}

/** Runs a classic script; with a digest only one that has it. */
export function put(address: string, digest = ""): Promise<void> {
  return new Promise((ready, failed) => {
    const element = document.createElement("script");
    if (digest) element.integrity = `sha256-${digest}`;
    element.src = address;
    element.onload = () => ready();
    element.onerror = () => {
      element.remove();
      failed(new Error(`${address}: not loaded`));
    };
    document.head.appendChild(element);
  });
}
