// The directory where it is too large for one file: rows are those of all blocks, one after the other, and a row's texts are there
// once its block is. What is not there yet is empty; whoever shows a row asks for it first (`rows`).

import { choicesOf, type Choices, type PackedChoices } from "./choices";
import { below, calls, days, fixed, lists, numbers, patterned, sets, texts, toldBy } from "./columns";
import { OPEN, statusesOf, type Data, type Facts, type Places, type Points } from "./directory";
import { exists, script } from "./loader";
import { overviewOf, type Block, type Overview, type PackedOverview } from "./overview";
import { shard } from "./shards";

interface PackedBlock {
  id: string;
  name: string;
  tier: string;
  lon: Fixed;
  lat: Fixed;
  precise: string;
  status: string;
  community: string;
  address: { patterns: string; row: string; figures: string };
  phone: { start: string; digits: string; others: string };
  aliases: { count: string; all: string };
  line: string;
  hours: string;
  hoursText: string[];
  hoursData: string[];
  services: string;
  serviceNames: string[];
  facilities: string;
  facilityNames: string[];
  brands: string;
  brandNames: string[];
  verified: { from: string; digits: string };
}

interface Fixed {
  from: number;
  digits: string;
}

interface PackedFacets {
  tier: string;
  status: string;
  hours: string;
  hoursText: string[];
  hoursData: string[];
  verified: string;
  services: string;
  facilities: string;
  brands: string;
}

const NO_LIST: number[] = [];
const NO_TEXTS: string[] = [];
const DEGREE = 1e6;
const UNKNOWN_TIER = 4;
const SOMETIME = "?"; // verified, and the day stands in the block

/** The blocks of this site; null where the directory is whole. */
export function blocksOf(root: string): Promise<Blocks | null> {
  let blocks = made.get(root);
  if (!blocks) {
    blocks = exists(root, "overview").then((split) => (split ? script(root, "overview").then(() => {
      const packed = window.HAITANG && window.HAITANG["overview"];
      if (!packed) throw new Error("data/overview.js: no data");
      return new Blocks(root, overviewOf(packed as PackedOverview));
    }) : null));
    blocks.catch(() => made.delete(root));
    made.set(root, blocks);
  }
  return blocks;
}

const made = new Map<string, Promise<Blocks | null>>();

export class Blocks {
  readonly data: Data;
  readonly loaded: boolean[];
  /** What every row says of itself that a filter asks for is there; so is where every one stands. */
  hasFacets = false;
  hasSpots = false;
  /** Grows with every block that comes. */
  count = 0;
  private readonly hours = new Map<string, number>();
  private chosen: Choices | null = null;
  private numbersOf: { [list: string]: Map<string, number> } = {};

  constructor(readonly root: string, readonly overview: Overview) {
    const { rows, blocks, towns } = overview;
    this.loaded = blocks.map(() => false);
    const all = <Value>(value: Value): Value[] => new Array<Value>(rows).fill(value);
    const places: Places = { id: all(""), name: all(""), tier: all(UNKNOWN_TIER), town: all(0), towns };
    for (const { start, rows: count, town } of blocks) places.town.fill(town, start, start + count);
    const points: Points = { lon: all<number | null>(null), lat: all<number | null>(null), precise: all(0), verified: all("") };
    let facts: Facts | null = null; // a dozen columns, which a first map can do without
    const made = (): Facts => ({
      status: all(OPEN), stated: all(0), community: all(""), address: all(""), phone: all(""), aliases: all(NO_TEXTS), line: all(""), hours: all(-1),
      hoursText: [], hoursData: [], services: all(NO_LIST), serviceNames: [], facilities: all(NO_LIST), facilityNames: [], brands: all(NO_LIST), brandNames: [],
    });
    this.data = { places, points, get facts() { return facts || (facts = made()); } };
  }

  /** What can be chosen: there once `named` has been waited for, or any block. */
  get choices(): Choices {
    if (!this.chosen) throw new Error("data/choices.js: not there yet");
    return this.chosen;
  }

  /** Brings the names of what places offer. */
  named(): Promise<void> {
    return script(this.root, "choices").then(() => {
      if (this.chosen) return;
      const packed = window.HAITANG && window.HAITANG["choices"];
      if (!packed) throw new Error("data/choices.js: no data");
      const { services, facilities, brands } = (this.chosen = choicesOf(packed as PackedChoices));
      const numbered = (names: readonly string[]): Map<string, number> => new Map(names.map((name, at) => [name, at]));
      this.numbersOf = { services: numbered(services), facilities: numbered(facilities), brands: numbered(brands.map(({ id }) => id)) };
      Object.assign(this.data.facts, { serviceNames: services, facilityNames: facilities, brandNames: brands });
    });
  }

  /** The block of a row. */
  blockOf(row: number): number {
    const { blocks } = this.overview;
    let [low, high] = [0, blocks.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (blocks[middle]!.start <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Brings what is told of these rows; null where it is there already. */
  rows(rows: readonly number[]): Promise<void> | null {
    const wanted = new Set<number>();
    for (const row of rows) wanted.add(this.blockOf(row));
    return this.bring(Array.from(wanted));
  }

  /** Those of these rows that have come. */
  known(rows: readonly number[]): number[] {
    return rows.filter((row) => this.loaded[this.blockOf(row)]);
  }

  /** Whether nobody knows where a row's place is. */
  isNowhere(row: number): boolean {
    return !this.overview.blocks[this.blockOf(row)]!.box;
  }

  /** Brings these blocks; null where all are there. `here` is called when one has come, before it is unpacked. */
  bring(blocks: readonly number[], here: () => void = () => undefined): Promise<void> | null {
    const missing = blocks.filter((at) => !this.loaded[at]);
    if (!missing.length) return null;
    const named = this.named();
    return Promise.all(missing.map((at) => {
      const block = this.overview.blocks[at]!;
      const packed = shard<PackedBlock>(this.root, block.name, block.version);
      return Promise.all([packed, named]).then(([own]) => {
        here();
        this.take(at, block, own);
      });
    })).then(() => undefined);
  }

  /** Begins to bring a block that may be asked for next. */
  ahead(at: number): void {
    const wait = this.bring([at]);
    if (wait) wait.catch(() => undefined); // whoever asks for it is told
  }

  /** What a filter asks, of all rows. */
  facets(): Promise<void> {
    return Promise.all([script(this.root, "facets"), this.named()]).then(() => {
      if (this.hasFacets) return;
      const packed = window.HAITANG!["facets"] as unknown as PackedFacets;
      const { facts, places, points } = this.data;
      const { rows } = this.overview;
      const hours = numbers(packed.hours);
      const mine = this.hoursOf(packed.hoursText, packed.hoursData);
      this.put(places.tier, 0, numbers(packed.tier), rows);
      this.put(facts.status, 0, numbers(packed.status), rows);
      this.put(facts.hours, 0, hours.map((at) => (at < 0 ? -1 : mine[at]!)), rows);
      const verified = numbers(packed.verified);
      this.put(points.verified, 0, points.verified.map((day, row) => day || (verified[row] ? SOMETIME : "")), rows);
      this.put(facts.services, 0, sets(packed.services, rows), rows);
      this.put(facts.facilities, 0, sets(packed.facilities, rows), rows);
      this.put(facts.brands, 0, sets(packed.brands, rows), rows);
      this.hasFacets = true;
    });
  }

  /** Where all rows stand. */
  spots(): Promise<void> {
    return script(this.root, "spots").then(() => {
      if (this.hasSpots) return;
      const packed = window.HAITANG!["spots"] as unknown as Pick<PackedBlock, "lon" | "lat" | "precise">;
      this.putPoints(0, packed, this.overview.rows);
      this.hasSpots = true;
    });
  }

  private take(at: number, { start, rows, town }: Block, packed: PackedBlock): void {
    if (this.loaded[at]) return;
    const { places, facts, points } = this.data;
    const names = texts(packed.name, rows);
    const heads = names.map(() => this.overview.towns[town]!.id);
    const own = this.hoursOf(packed.hoursText, packed.hoursData);
    const put = <Value>(into: Value[], values: Value[]): void => this.put(into, start, values, rows);
    const listed = (list: string, named: readonly string[], column: string): number[][] =>
      sets(column, rows).map((set) => set.map((one) => this.numbersOf[list]!.get(named[one]!)!).sort((a, b) => a - b));
    put(places.id, below(heads, packed.id));
    put(places.name, names);
    put(places.tier, numbers(packed.tier));
    this.putPoints(start, packed, rows);
    const { status, stated } = statusesOf(numbers(packed.status));
    put(facts.status, status);
    put(facts.stated, stated);
    put(facts.community, toldBy(names, packed.community));
    put(facts.address, patterned(names, packed.address));
    put(facts.phone, calls(packed.phone, rows));
    put(facts.aliases, lists(names, packed.aliases));
    put(facts.line, toldBy(names, packed.line));
    put(facts.hours, numbers(packed.hours).map((hours) => (hours < 0 ? -1 : own[hours]!)));
    put(facts.services, listed("services", packed.serviceNames, packed.services));
    put(facts.facilities, listed("facilities", packed.facilityNames, packed.facilities));
    put(facts.brands, listed("brands", packed.brandNames, packed.brands));
    put(points.verified, days(packed.verified, rows));
    this.loaded[at] = true;
    this.count++;
  }

  private putPoints(start: number, packed: Pick<PackedBlock, "lon" | "lat" | "precise">, rows: number): void {
    const { points } = this.data;
    const degrees = (column: Fixed): (number | null)[] => fixed(column, rows).map((value) => (value === null ? null : value / DEGREE));
    this.put(points.lon, start, degrees(packed.lon), rows);
    this.put(points.lat, start, degrees(packed.lat), rows);
    this.put(points.precise, start, numbers(packed.precise), rows);
  }

  /** Throws where a column does not fit: a half-copied file must not make a page lie. */
  private put<Value>(into: Value[], start: number, values: readonly Value[], rows: number): void {
    if (values.length !== rows) throw new Error("columns differ in length");
    for (let at = 0; at < rows; at++) into[start + at] = values[at]!;
  }

  /** The numbers of these hours in the list of all that have come. */
  private hoursOf(text: readonly string[], data: readonly string[]): number[] {
    const { facts } = this.data;
    return text.map((hours, at) => {
      const key = `${hours}\n${data[at]!}`;
      let number = this.hours.get(key);
      if (number === undefined) {
        number = facts.hoursText.push(hours) - 1;
        facts.hoursData.push(data[at]!);
        this.hours.set(key, number);
      }
      return number;
    });
  }
}
