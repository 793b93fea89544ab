// Everything of the directory that can be found by a word, each text once with the rows it finds.

import { TIERS, type Facts, type Places } from "../../data/directory";
import { IndexedText } from "./indexed-text";
import type { PackedReadings, Readings } from "./pinyin";

export type ChipKind = "town" | "tier" | "service" | "facility" | "brand";
export type Field = "name" | "alias" | "area" | "community" | ChipKind;

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
}

/** How many places have each value of what makes chips, where not all places are at hand. */
export type ChipCounts = { [kind in ChipKind]: readonly number[] };

export function sourcesOf(places: Places, facts: Facts, readings: Readings, packed: PackedReadings, counts: ChipCounts | null,
  known: Map<string, IndexedText>): Source[] {
  const sources: Source[] = [];
  const add = (field: Field, written: string, rows: readonly number[], index = -1, extra = false): void => {
    if (!written) return;
    const count = counts && index >= 0 ? counts[field as ChipKind][index]! : rows.length;
    let text = known.get(written);
    if (!text) known.set(written, (text = new IndexedText(written, readings)));
    sources.push({ field, text, rows, count, index, extra });
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
  const ofTier = byNumber(places.tier, TIERS.length);
  packed.tiers.forEach((name, index) => add("tier", name, ofTier[index]!, index));
  const services = byNumbers(facts.services, facts.serviceNames.length);
  facts.serviceNames.forEach((name, index) => add("service", name, services[index]!, index));
  const facilities = byNumbers(facts.facilities, facts.facilityNames.length);
  facts.facilityNames.forEach((name, index) => add("facility", name, facilities[index]!, index));
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
