// Loads the directory's data from classic scripts, because `fetch` does not work from file://.

import { versionOf } from "../versions/digests";
import { areRewritten, askEdition, holds, OUTDATED, ownData } from "../versions/edition";
import type { Data } from "./directory";
import { unpack } from "./unpack";

const asked = new Map<string, Promise<void>>();
const unpacked: Partial<Data> = {};

/** Loads data/<name>.js once, however many ask. Rejects where it is missing or cut short: what is on the page then stays. */
export function load<Name extends keyof Data>(root: string, name: Name): Promise<Data[Name]> {
  // The rows of every file are those of places.js, and facts.js quotes its names; both come at once.
  const places = name === "places" ? Promise.resolve(null) : load(root, "places");
  return Promise.all([places, script(root, name)]).then(([known]) => {
    const packed = window.HAITANG && window.HAITANG[name];
    if (!packed) throw new Error(`data/${name}.js: no data`);
    try {
      return (unpacked[name] || (unpacked[name] = unpack(name, packed, known)));
    } catch (error) {
      throw new Error(`data/${name}.js: ${String(error)}`);
    }
  });
}

/** Loads any script of data/ once, of the version this page is of. */
export function script(root: string, name: string): Promise<void> {
  if (window.HAITANG && window.HAITANG[name]) return Promise.resolve();
  let wait = asked.get(name);
  if (!wait) {
    const path = `data/${name}.js`;
    wait = ownData().then((digests) => (digests[path] ? exactly(root, path, digests[path]) : put(root + path)));
    wait.catch(() => asked.delete(name)); // a phone that was in a tunnel may ask again
    asked.set(name, wait);
  }
  return wait;
}

/** Only what has this digest is taken: the site may have been switched since the page came. */
function exactly(root: string, path: string, digest: string): Promise<void> {
  const address = `${root}${path}?v=${versionOf(digest)}`;
  return put(address, digest).catch((failure: unknown) => askEdition(false).then((out) => {
    if (!out || out.parts[path] !== digest) {
      if (out) document.dispatchEvent(new CustomEvent(OUTDATED));
      throw failure;
    }
    // Something on the way gave another version under this name, and the browser may have kept it.
    return holds(address, digest, "reload").then((whole) => (whole ? put(address, digest) : areRewritten(out).then((rewritten) => {
      if (!rewritten) throw failure;
      return put(address); // what is made of ours on the way is all there is
    })));
  }));
}

function put(address: string, digest = ""): Promise<void> {
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
