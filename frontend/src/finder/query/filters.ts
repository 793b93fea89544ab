// Which places are shown, and how many each further choice would show. Pure, for the site and the kiosk alike; everything is
// kept in typed columns, so that ten thousand places are sifted and counted in one pass of a few milliseconds.

import { isGone, STATUSES, type Data } from "../../data/directory";
import { tiers } from "../../data/tiers";

/** Groups of values: any of a group's chosen values will do, and every group has its say. */
export const GROUPS = ["town", "tier", "service", "facility", "brand"] as const;
/** Questions with yes for an answer: open at this moment, verified, without barriers. */
export const FLAGS = ["open", "verified", "access"] as const;
export type Group = (typeof GROUPS)[number];
export type Flag = (typeof FLAGS)[number];

/** What a visitor asked for. Towns, tiers and brands by id, services and facilities by name. */
export interface Filters {
  readonly q: string;
  readonly town: readonly string[];
  readonly tier: readonly string[];
  readonly service: readonly string[];
  readonly facility: readonly string[];
  readonly brand: readonly string[];
  readonly open: boolean;
  readonly verified: boolean;
  readonly access: boolean;
}

export const NOTHING: Filters = {
  q: "", town: [], tier: [], service: [], facility: [], brand: [], open: false, verified: false, access: false,
};

/** What was asked for besides words. */
export function chosenCount(filters: Filters): number {
  return GROUPS.reduce((sum, group) => sum + filters[group].length, 0) + FLAGS.filter((flag) => filters[flag]).length;
}

export function isAsked(filters: Filters): boolean {
  return filters.q !== "" || chosenCount(filters) > 0;
}

export interface Sifted {
  /** 1 where a row is shown. */
  shown: Uint8Array;
  total: number;
  /** For each value of a group: how many would be shown were it chosen, given all other groups. */
  counts: { [group in Group]: Uint32Array };
  flags: { [flag in Flag]: number };
}

/** The values each row has, one row after the other: those of `row` stand from starts[row] to starts[row + 1]. */
interface Column {
  starts: Uint32Array;
  values: Uint16Array;
  keys: readonly string[];
}

const BARRIER_FREE = "无障碍"; // as facilities are called in the data; the vocabulary is open, this part of the names is not
const IN_USE = STATUSES.indexOf("open"); // hours are of a place in use: one being rebuilt is neither open nor closed by them
const NONE = 255; // no group turns this row away
const MANY = 254; // more than one does

/** The directory made ready for sifting, once. */
export class Sieve {
  readonly rows: number;
  private readonly columns: { [group in Group]: Column };
  private readonly flags: { [flag in Flag]: Uint8Array };
  private readonly kept: Uint8Array;

  /** `only`: 1 for every row of the page's own part; null: all. `withGone`: places that are closed or merged are of it too. */
  constructor(private readonly data: Data, private readonly only: Uint8Array | null = null, withGone = false) {
    const { places, facts, points } = data;
    this.rows = places.id.length;
    this.columns = {
      town: column(places.town.map((town) => [town]), places.towns.map((town) => town.id)),
      tier: column(places.tier.map((tier) => [tier]), tiers().id),
      service: column(facts.services, facts.serviceNames),
      facility: column(facts.facilities, facts.facilityNames),
      brand: column(facts.brands, facts.brandNames.map((brand) => brand.id)),
    };
    const free = facts.facilityNames.map((name) => name.indexOf(BARRIER_FREE) >= 0);
    this.flags = {
      open: new Uint8Array(this.rows),
      verified: Uint8Array.from(points.verified, (day) => Number(day !== "")),
      access: Uint8Array.from(facts.facilities, (own) => Number(own.some((facility) => free[facility]))),
    };
    this.kept = Uint8Array.from(facts.status, (status, row) => Number((withGone || !isGone(status)) && (!only || only[row])));
  }

  keys(group: Group): readonly string[] {
    return this.columns[group].keys;
  }

  /** Tells what is open now: whether hours, as they stand in `hoursData`, are open at this moment. What is not known, not in
   *  use or paused never counts. */
  setOpen(isOpen: (hours: string) => boolean): void {
    const { facts } = this.data;
    const open = facts.hoursData.map(isOpen);
    facts.hours.forEach((hours, row) => {
      this.flags.open[row] = Number(hours >= 0 && open[hours]! && facts.status[row] === IN_USE);
    });
  }

  /** 1 for every row that is open, as `setOpen` was told. */
  get open(): Uint8Array {
    return this.flags.open;
  }

  /** `hits`: the rows a search found, null where nothing was searched. Places that are gone are shown only when found so. */
  sift(filters: Filters, hits: ArrayLike<number> | null): Sifted {
    const found = hits ? mask(this.rows, hits, this.only) : this.kept;
    const blame = this.blame(filters, found);
    const shown = new Uint8Array(this.rows);
    let total = 0;
    for (let row = 0; row < this.rows; row++) {
      if (found[row] && blame[row] === NONE) {
        shown[row] = 1;
        total++;
      }
    }
    const counts = {} as Sifted["counts"];
    GROUPS.forEach((group, at) => (counts[group] = this.count(this.columns[group], found, blame, at)));
    const flags = {} as Sifted["flags"];
    FLAGS.forEach((flag, at) => (flags[flag] = countFlag(this.flags[flag], found, blame, GROUPS.length + at)));
    return { shown, total, counts, flags };
  }

  /** For each row the one group that turns it away, NONE or MANY. */
  private blame(filters: Filters, found: Uint8Array): Uint8Array {
    const blame = new Uint8Array(this.rows).fill(NONE);
    const turnAway = (row: number, at: number): void => {
      blame[row] = blame[row] === NONE ? at : MANY;
    };
    GROUPS.forEach((group, at) => {
      const { starts, values, keys } = this.columns[group];
      const chosen = Uint8Array.from(keys, (key) => Number(filters[group].indexOf(key) >= 0));
      if (chosen.indexOf(1) < 0) return;
      for (let row = 0; row < this.rows; row++) {
        if (!found[row]) continue;
        let index = starts[row]!;
        const end = starts[row + 1]!;
        while (index < end && !chosen[values[index]!]) index++;
        if (index === end) turnAway(row, at);
      }
    });
    FLAGS.forEach((flag, at) => {
      if (!filters[flag]) return;
      const own = this.flags[flag];
      for (let row = 0; row < this.rows; row++) if (found[row] && !own[row]) turnAway(row, GROUPS.length + at);
    });
    return blame;
  }

  private count({ starts, values, keys }: Column, found: Uint8Array, blame: Uint8Array, at: number): Uint32Array {
    const counts = new Uint32Array(keys.length);
    for (let row = 0; row < this.rows; row++) {
      if (!found[row] || (blame[row] !== NONE && blame[row] !== at)) continue;
      for (let index = starts[row]!; index < starts[row + 1]!; index++) counts[values[index]!]!++;
    }
    return counts;
  }
}

function column(lists: readonly (readonly number[])[], keys: readonly string[]): Column {
  const starts = new Uint32Array(lists.length + 1);
  lists.forEach((list, row) => (starts[row + 1] = starts[row]! + list.length));
  const values = new Uint16Array(starts[lists.length]!);
  lists.forEach((list, row) => values.set(list, starts[row]));
  return { starts, values, keys };
}

function countFlag(own: Uint8Array, found: Uint8Array, blame: Uint8Array, at: number): number {
  let count = 0;
  for (let row = 0; row < own.length; row++) {
    if (own[row] && found[row] && (blame[row] === NONE || blame[row] === at)) count++;
  }
  return count;
}

function mask(rows: number, hits: ArrayLike<number>, only: Uint8Array | null): Uint8Array {
  const found = new Uint8Array(rows);
  for (let at = 0; at < hits.length; at++) found[hits[at]!] = only ? only[hits[at]!]! : 1;
  return found;
}
