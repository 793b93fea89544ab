// Everything of the directory that can be found by a word, each text once with the rows it finds.

import type { Facts, Places } from "../../data/directory";
import type { Need } from "../../data/needs";
import { tiers } from "../../data/tiers";
import { shortName } from "./tier-names";
import { IndexedText } from "./indexed-text";
import type { PackedReadings, Readings } from "./pinyin";

export type ChipKind = "town" | "tier" | "service" | "facility" | "brand";
export type Field = "name" | "alias" | "area" | "community" | "hours" | "site_kind" | "activity_kind" | ChipKind;

/** A text and the rows that it finds. */
export interface Source {
  field: Field;
  text: IndexedText;
  rows: readonly number[];
  /** How many places there are of it, also where only some are at hand. */
  count: number;
  /** The town's, service's … number in its list; -1 for names and communities. */
  index: number;
  /** A second way to say the same shares the first one's rows, and is no chip of its own. */
  extra: boolean;
  /** What is needed by who types this; null for names of places and towns. */
  need: Need | null;
}

/** How many places have each value of what makes chips, where not all places are at hand. */
export type ChipCounts = { [kind in ChipKind]: readonly number[] };

export interface Told {
  packed: PackedReadings;
  readings: Readings;
  /** Of the whole directory, where places and facts are a part of it. */
  counts: ChipCounts | null;
  /** Texts that are made ready already. */
  texts: Map<string, IndexedText>;
  needs: readonly Need[];
}

const ALWAYS = /^(?:o[a-z]*!)?0-1440(?:\|=){6}$/; // hours round the clock, as in opening-hours.ts

export function sourcesOf(places: Places, facts: Facts, { packed, readings, counts, texts: known, needs }: Told): Source[] {
  const sources: Source[] = [];
  const add = (field: Field, written: string, rows: readonly number[], index = -1, extra = false, need: Need | null = null): void => {
    if (!written) return;
    const count = counts && index >= 0 ? counts[field as ChipKind][index]! : rows.length;
    let text = known.get(written);
    if (!text) known.set(written, (text = new IndexedText(written, readings)));
    sources.push({ field, text, rows, count, index, extra, need });
  };
  /** What a place may have, with the other words for it; then what none has. */
  const addNeeded = (kind: "service" | "facility", names: readonly string[], rows: readonly number[][]): void => {
    const own = needs.filter((need) => need.kind === kind);
    names.forEach((name, index) => {
      const [need] = own.filter((each) => each.name === name);
      add(kind, name, rows[index]!, index, false, need || null);
      if (need) for (const word of need.also) add(kind, word, rows[index]!, index, true, need);
    });
    for (const need of own) if (names.indexOf(need.name) < 0) for (const word of [need.name, ...need.also]) add(kind, word, [], -1, true, need);
  };
  // What makes chips comes first: there is little of it.
  const inTown = byNumber(places.town, places.towns.length);
  places.towns.forEach((town, index) => {
    if (town.id === town.area) {
      const rows = Array.from(places.town.keys()).filter((row) => places.towns[places.town[row]!]!.area === town.id);
      add("area", town.name, rows);
      return;
    }
    add("town", town.name, inTown[index]!, index);
    add("town", packed.towns[index] || "", inTown[index]!, index, true);
  });
  const ofTier = byNumber(places.tier, tiers().id.length);
  packed.tiers.forEach((name, index) => {
    add("tier", name, ofTier[index]!, index);
    if (shortName(index) !== name) add("tier", shortName(index), ofTier[index]!, index, true);
  });
  addNeeded("service", facts.serviceNames, byNumbers(facts.services, facts.serviceNames.length));
  addNeeded("facility", facts.facilityNames, byNumbers(facts.facilities, facts.facilityNames.length));
  for (const need of needs) {
    if (need.kind === "site_kind" || need.kind === "activity_kind") for (const word of [need.name, ...need.also]) add(need.kind, word, [], -1, true, need);
  }
  const always = facts.hoursData.map((hours) => ALWAYS.test(hours));
  const open = facts.hours.map((hours, row) => (hours >= 0 && always[hours] ? row : -1)).filter((row) => row >= 0);
  if (open.length) add("hours", facts.hoursText[facts.hours[open[0]!]!]!, open);
  const brands = byNumbers(facts.brands, facts.brandNames.length);
  facts.brandNames.forEach((brand, index) => add("brand", brand.name, brands[index]!, index));
  places.name.forEach((name, row) => add("name", name, [row]));
  shared(facts.aliases).forEach((rows, alias) => add("alias", alias, rows));
  shared(facts.community.map((community) => [community])).forEach((rows, community) => add("community", community, rows));
  return sources;
}

function byNumber(column: readonly number[], count: number): number[][] {
  return byNumbers(column.map((number) => [number]), count);
}

function byNumbers(column: readonly (readonly number[])[], count: number): number[][] {
  const rows: number[][] = Array.from({ length: count }, () => []);
  column.forEach((numbers, row) => numbers.forEach((number) => rows[number]!.push(row)));
  return rows;
}

function shared(column: readonly (readonly string[])[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  column.forEach((texts, row) => {
    for (const text of texts) {
      const rows = found.get(text);
      if (rows) rows.push(row);
      else found.set(text, [row]);
    }
  });
  return found;
}
