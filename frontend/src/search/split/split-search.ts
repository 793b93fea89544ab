// The search where the directory is too large for one file: it finds the blocks that may hold what was typed, brings the best of
// them, and lets the engine look into all that have come. What is found is what the whole directory would give wherever few blocks
// may hold it; else the best of it, and `complete` says so.

import type { Blocks } from "../../data/blocks";
import type { Facts, Places } from "../../data/directory";
import { Readings, type PackedReadings } from "../engine/pinyin";
import { termsOf, type Term } from "../engine/query";
import { GROUPS, Search, type Chip, type Found, type Hit } from "../engine/search";
import { candidates, nearly } from "./candidates";
import { both, LONGEST, NONE, TIERS, type Postings, type Ranks } from "./postings";

export interface PartlyFound extends Found {
  /** False where further blocks may hold further hits. */
  complete: boolean;
}

/** How much a search may bring. */
export interface Limits {
  /** Hits that are shown, and must be the best. */
  hits: number;
  /** Blocks beyond which it stops once it has some hits. */
  blocks: number;
}

const AT_ONCE = 6; // blocks: what a browser fetches side by side
const AT_FIRST = 2; // so that something is to be seen soon
const EXHAUSTIVE = 200; // blocks of a directory that is looked through whole before nothing is said to be found
const SLIPS = 2; // pairs of neighbours that a slip or a cut in a word takes away

export class SplitSearch {
  private readonly readings: Readings;
  private engine: Search | null = null;
  /** The rows of the directory that the engine's rows are. */
  private rows: number[] = [];
  private made = -1;

  constructor(readonly blocks: Blocks, private readonly postings: Postings, private readonly packed: PackedReadings) {
    this.readings = new Readings(packed);
  }

  get places(): Places {
    return this.blocks.data.places;
  }

  get facts(): Facts {
    return this.blocks.data.facts;
  }

  browse(): Chip[] {
    return this.now().browse();
  }

  /** `early` is told of what was found so far, the best of it first. */
  async find(query: string, limits: Limits, early: (found: PartlyFound) => void = () => undefined): Promise<PartlyFound> {
    const terms = termsOf(query);
    if (!terms.length) return { hits: [], chips: [], nearest: null, complete: true };
    const lists = await Promise.all(terms.map((term) => candidates(term, this.readings, this.postings)));
    let complete = await this.look(query, this.together(lists), limits, early);
    for (let at = 0; at < terms.length; at++) {
      const written = terms[at]!.text;
      if (this.isFound(written)) continue;
      await this.witness(written, lists[at]!);
      if (!this.isFound(written)) complete = (await this.almost(query, terms[at]!)) && complete;
    }
    return { ...this.found(query), complete };
  }

  /** The blocks that may hold all of these, with the best rank that any of the terms has there. */
  private together(lists: readonly (Ranks | null)[]): Ranks {
    const known = lists.filter((ranks): ranks is Ranks => ranks !== null);
    const all = known.reduce(both, known[0] || this.postings.none().fill(0));
    return all.map((rank, block) => (rank === NONE ? NONE : Math.min(...known.map((ranks) => ranks[block]!), NONE - 1)));
  }

  /** Brings the best blocks first, until no other can hold a better hit than those that are shown. Whether all were brought. */
  private async look(query: string, ranks: Ranks, limits: Limits, early: (found: PartlyFound) => void): Promise<boolean> {
    const order = Array.from(ranks.keys()).filter((block) => ranks[block] !== NONE).sort((a, b) => ranks[a]! - ranks[b]! || a - b);
    const most = order.length <= limits.blocks ? order.length : limits.blocks;
    for (let at = 0; at < most; ) {
      const next = Math.min(at + (at ? AT_ONCE : AT_FIRST), most);
      const bring = this.blocks.bring(order.slice(at, next));
      at = next;
      if (bring) await bring;
      if (at >= most) continue;
      const found = this.found(query);
      if (order.length > limits.blocks && this.isSettled(found, limits.hits, ranks[order[at]!]!)) return false;
      if (bring && found.hits.length) early({ ...found, complete: false });
    }
    return most === order.length;
  }

  /** Whether the hits that are shown are at least as good as any hit in a block of this rank may be. */
  private isSettled({ hits }: Found, shown: number, rank: number): boolean {
    const last = hits[shown - 1];
    return !!last && this.rankOf(last) <= rank;
  }

  private rankOf({ row, group }: Hit): number {
    const length = Math.min(this.places.name[row]!.length, LONGEST);
    return (Math.min(GROUPS.indexOf(group), 4) * (LONGEST + 1) + length) * TIERS + this.places.tier[row]!;
  }

  /** Brings blocks until one holds a term at all: only then is it known not to be misspelt. */
  private async witness(written: string, ranks: Ranks | null): Promise<void> {
    if (!ranks) return;
    const order = Array.from(ranks.keys()).filter((block) => ranks[block] !== NONE && !this.blocks.loaded[block]);
    order.sort((a, b) => ranks[a]! - ranks[b]!);
    for (let at = 0; at < order.length && !this.isFound(written); at += AT_ONCE) await this.blocks.bring(order.slice(at, at + AT_ONCE));
  }

  /** Brings what may hold a term that is found nowhere as it was typed; whether that is all. */
  private async almost(query: string, term: Term): Promise<boolean> {
    const { length } = this.blocks.loaded;
    const all = Array.from(this.blocks.loaded.keys());
    if (length <= EXHAUSTIVE) {
      await this.blocks.bring(all);
      return true;
    }
    const missing = await nearly(term, SLIPS, this.readings, this.postings);
    const order = missing ? all.filter((block) => missing[block] !== NONE).sort((a, b) => missing[a]! - missing[b]! || a - b) : [];
    for (let at = 0; at < Math.min(order.length, 4 * AT_ONCE) && !this.found(query).hits.length; at += AT_ONCE) {
      await this.blocks.bring(order.slice(at, at + AT_ONCE));
    }
    return false;
  }

  /** Whether a term is in any place that has come, or in the name of a town, a service and the like. */
  private isFound(written: string): boolean {
    return this.now().holds(written);
  }

  private found(query: string): Found {
    const { hits, chips, nearest } = this.now().find(query);
    return { hits: hits.map((hit) => new Moved(hit, this.rows[hit.row]!)), chips, nearest };
  }

  /** The engine over all that has come. */
  private now(): Search {
    if (this.engine && this.made === this.blocks.count) return this.engine;
    const { places, facts } = this.blocks.data;
    const { blocks, counts } = this.blocks.overview;
    const rows: number[] = [];
    blocks.forEach(({ start, rows: count }, at) => {
      if (this.blocks.loaded[at]) for (let row = start; row < start + count; row++) rows.push(row);
    });
    // As in the directory: by town, by tier, by id.
    const { town, tier, id } = places;
    rows.sort((a, b) => town[a]! - town[b]! || tier[a]! - tier[b]! || (id[a]! < id[b]! ? -1 : 1));
    const of = <Value>(column: readonly Value[]): Value[] => rows.map((row) => column[row]!);
    this.rows = rows;
    this.made = this.blocks.count;
    this.engine = new Search(
      { ...places, id: of(id), name: of(places.name), tier: of(tier), town: of(town) },
      { ...facts, status: of(facts.status), community: of(facts.community), address: of(facts.address), phone: of(facts.phone),
        aliases: of(facts.aliases), services: of(facts.services), facilities: of(facts.facilities), brands: of(facts.brands) },
      this.packed, this.readings,
      { town: counts.town.all, tier: counts.tier.all, service: counts.service.all, facility: counts.facility.all, brand: counts.brand.all },
    );
    return this.engine;
  }
}

/** A hit under the directory's own row. */
class Moved implements Hit {
  constructor(private readonly hit: Hit, readonly row: number) {}

  get score(): number {
    return this.hit.score;
  }

  get group(): Hit["group"] {
    return this.hit.group;
  }

  get note(): string {
    return this.hit.note;
  }

  get marks(): Hit["marks"] {
    return this.hit.marks;
  }

  toJSON(): object {
    return { row: this.row, group: this.group, note: this.note, marks: this.marks };
  }
}
