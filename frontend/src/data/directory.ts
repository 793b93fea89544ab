// The directory as the browser knows it: columns, with one row a position in the same order in every file, so that a row number
// means the same place everywhere. Columns travel packed and are unpacked once (unpack.ts).

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
  /** Index into the lists of `tiers`. */
  tier: number[];
  /** Index into `towns`. */
  town: number[];
  towns: Town[];
}

/** data/points.js: where they stand, in WGS-84 degrees, null where nobody knows; and when they were verified. */
export interface Points {
  lon: (number | null)[];
  lat: (number | null)[];
  /** 0 where only the town is known and the point is the town's own. */
  precise: number[];
  /** The day it was verified, or empty: no search asks for it, so it travels here. */
  verified: string[];
}

/** data/facts.js: what a list, a filter or a search asks. Empty texts and lists: not known. */
export interface Facts {
  /** Index into STATUSES. */
  status: number[];
  /** 0 where its entry says no status: it counts as open. */
  stated: number[];
  community: string[];
  address: string[];
  phone: string[];
  aliases: string[][];
  /** One line for a card where community and address do not make it. */
  line: string[];
  /** Index into `hoursText` and `hoursData`; -1: not known. */
  hours: number[];
  hoursText: string[];
  /** As in `data-hours`: see opening-hours.ts. */
  hoursData: string[];
  /** Indexes into the lists of names, in rising order. */
  services: number[][];
  serviceNames: string[];
  facilities: number[][];
  facilityNames: string[];
  brands: number[][];
  brandNames: { id: string; name: string }[];
}

/** The order of STATUSES in haitang/model/types.py. */
export const STATUSES = ["planned", "upgrading", "open", "paused", "closed", "merged"] as const;

export const OPEN = STATUSES.indexOf("open");

/** The columns of statuses, of one in which -1 stands where nobody said it. */
export function statusesOf(said: readonly number[]): { status: number[]; stated: number[] } {
  return { status: said.map((status) => (status < 0 ? OPEN : status)), stated: said.map((status) => Number(status >= 0)) };
}

/** Whether a place is no more; `status` is an index into STATUSES. GONE in haitang/model/types.py. */
export function isGone(status: number): boolean {
  return STATUSES[status] === "closed" || STATUSES[status] === "merged";
}

/** Whether cards tell hours of a place, or that nobody knows them: not of one that is gone or only planned. `Card.tells_hours` of
 * haitang/site/views. */
export function tellsHours(status: number): boolean {
  return !isGone(status) && STATUSES[status] !== "planned";
}

export interface Data {
  places: Places;
  points: Points;
  facts: Facts;
}
