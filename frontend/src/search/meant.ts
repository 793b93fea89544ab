// What an address that is not there may have meant: what has this id, or nearly this one, then what the search finds for its words.

import { needPage } from "../data/needs";
import { townName } from "../lists/place-card";
import { Search, type Found } from "./engine/search";
import { loadAnySearch } from "./loader";
import { addressOf } from "./search-panel";
import type { SplitSearch } from "./split/split-search";

/** An address that is not there as what it asks for: search/lost-address.ts. */
export interface Lost {
  /** `positions`, `towns`; empty where it names no folder of ours. */
  folder: string;
  /** As it stands there, in lower case: an id, or a name. */
  id: string;
  /** The same as somebody would type it. */
  words: string;
}

/** A page that may have been meant. */
export interface Meant {
  /** Below the site's root. */
  page: string;
  name: string;
  /** What tells it from others of its name; may be empty. */
  line: string;
}

interface Known extends Meant {
  id: string;
}

const MOST = 5;
const LEAST_PART = 4; // letters of an id that say something

/** The likeliest first, five at most. Rejects where the search is not to be had. */
export async function meantBy(root: string, lost: Lost): Promise<Meant[]> {
  const search = await loadAnySearch(root);
  const known = knownOf(search);
  const same = known.filter(({ id }) => id === lost.id);
  if (same.length) return best(same, lost);
  const near = known.filter(({ id }) => isNear(id, lost.id));
  const found = search instanceof Search ? search.find(lost.words) : await search.find(lost.words, { hits: MOST, blocks: 16 });
  return best([...near, ...foundOf(search, found)], lost);
}

/** Each page once; those of the folder that was asked for first. */
function best(all: readonly Meant[], { folder }: Lost): Meant[] {
  const each = all.filter(({ page }, at) => all.findIndex((other) => other.page === page) === at);
  const inside = ({ page }: Meant): boolean => folder !== "" && page.indexOf(`${folder}/`) === 0;
  return [...each.filter(inside), ...each.filter((one) => !inside(one))].slice(0, MOST).map(({ page, name, line }) => ({ page, name, line }));
}

/** All that has an id of its own, as far as it is there. */
function knownOf({ places, facts, vocabulary }: Search | SplitSearch): Known[] {
  const towns = places.towns.map(({ id, name }) => ({ id, page: `towns/${id}.html`, name, line: "" }));
  const needs = vocabulary.needs.map((need) => ({ id: need.id, page: needPage(need), name: need.name, line: "" }));
  const brands = facts.brandNames.map(({ id, name }) => ({ id, page: `brands/${id}.html`, name, line: "" }));
  const rows = places.id.map((id, row) => ({ id, row })).filter(({ id }) => id);
  return [...rows.map(({ id, row }) => ({ id, ...placeOf(places, row) })), ...towns, ...needs, ...brands];
}

function placeOf(places: Search["places"], row: number): Meant {
  return { page: `positions/${places.id[row]!}.html`, name: places.name[row]!, line: townName(places.towns[places.town[row]!]!) };
}

function foundOf({ places }: Search | SplitSearch, { needs, hits, chips }: Found): Meant[] {
  const pages = chips.filter(({ id }) => id && id !== "unknown"); // a service has no page of its own id, nor has an unknown tier
  return [
    ...needs.map(({ need }) => ({ page: needPage(need), name: need.name, line: "" })),
    ...pages.map((chip) => ({ page: addressOf(chip), name: chip.name, line: "" })),
    ...hits.slice(0, MOST).map(({ row }) => placeOf(places, row)),
  ];
}

/** Whether an id may be meant by another: a slip or two, or one of them is a part of the other. */
export function isNear(id: string, written: string): boolean {
  const [short, long] = id.length < written.length ? [id, written] : [written, id];
  if (short.length >= LEAST_PART && long.indexOf(short) >= 0) return true;
  const slips = written.length < LEAST_PART ? 0 : written.length < 2 * LEAST_PART ? 1 : 2;
  return long.length - short.length <= slips && slipsBetween(short, long) <= slips;
}

/** How many letters were added, left out, changed or swapped with their neighbour (optimal string alignment). */
function slipsBetween(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      next.push(least);
    }
    [before, row] = [row, next];
  }
  return row[other.length]!;
}
