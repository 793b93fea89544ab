// The directory as the browser knows it: columns in classic scripts, because `fetch` does not work from file://. Every file
// has one row a position, in the same order, so that a row number means the same place everywhere. Columns travel packed and
// are unpacked once (unpack.ts).

import { areRewritten, askEdition, holds, OUTDATED, ownData } from "./edition";
import { unpack } from "./unpack";
import { versionOf } from "./versions";

export interface Town {
  id: string;
  name: string;
  /** The area it belongs to; an area's own entry holds the places whose town is not known. */
  area: string;
  lon: number | null;
  lat: number | null;
}

/** data/places.js: who there is. */
export interface Places {
  id: string[];
  name: string[];
  /** Index into TIERS. */
  tier: number[];
  /** Index into `towns`. */
  town: number[];
  towns: Town[];
}

/** data/points.js: where they stand, in WGS-84 degrees; null where nobody knows. */
export interface Points {
  lon: (number | null)[];
  lat: (number | null)[];
  /** 0 where only the town is known and the point is the town's own. */
  precise: number[];
}

/** data/facts.js: what a list, a filter or a search asks. Empty texts and lists: not known. */
export interface Facts {
  /** Index into STATUSES. */
  status: number[];
  community: string[];
  address: string[];
  phone: string[];
  aliases: string[][];
  /** One line for a card where community and address do not make it. */
  line: string[];
  /** Index into `hoursText` and `hoursData`; -1: not known. */
  hours: number[];
  hoursText: string[];
  /** As in `data-hours`: see hours.ts. */
  hoursData: string[];
  /** Indexes into the lists of names, in rising order. */
  services: number[][];
  serviceNames: string[];
  facilities: number[][];
  facilityNames: string[];
  brands: number[][];
  brandNames: { id: string; name: string }[];
  /** The day it was verified, or empty. */
  verified: string[];
}

/** The symbols of the page's sprite, `#f-centre` and so on; the order of TIER_CODES in haitang/site/exports/browser_places.py. */
export const TIERS = ["centre", "station", "point", "other", "unknown"] as const;
/** The order of STATUSES in haitang/model/types.py. */
export const STATUSES = ["planned", "upgrading", "open", "paused", "closed", "merged"] as const;

export interface Data {
  places: Places;
  points: Points;
  facts: Facts;
}

/** What data scripts put down: `(window.HAITANG=window.HAITANG||{}).places=…`. */
declare global {
  interface Window {
    HAITANG?: { [name: string]: object | undefined };
  }
}

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
