// The search where the directory is too large for one file: it finds the blocks that may hold what was typed, brings the best of
// them, and lets the engine look into all that have come. What is found is what the whole directory would give wherever few blocks
// may hold it; else the best of it, and `complete` says so.

import type { Blocks } from "../../data/blocks";
import type { Facts, Places } from "../../data/directory";
import type { Vocabulary } from "../../data/needs";
import type { IndexedText } from "../engine/indexed-text";
import { Readings, type PackedReadings } from "../engine/pinyin";
import { plain, termsOf, type Term } from "../engine/query";
import type { NeedHit } from "../engine/need-match";
import { GROUPS, Search, type Chip, type Found, type Hit } from "../engine/search";
import { tierCalled } from "../engine/tier-names";
import { candidates, nearly } from "./candidates";
import { both, either, LONGEST, NONE, TIERS, type Postings, type Ranks } from "./postings";
import { Scope } from "./scope";
import { Syllables } from "./syllables";

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
  /** Only these blocks, all of them; no others are brought. */
  within?: readonly number[];
}

const AT_ONCE = 6; // blocks at most: what a browser fetches side by side
const EXHAUSTIVE = 200; // blocks of a directory that is looked through whole before nothing is said to be found
const SLIPS = 2; // pairs of neighbours that a slip or a cut in a word takes away

export class SplitSearch {
  readonly readings: Readings;
  private readonly syllables: Syllables;
  private readonly texts = new Map<string, IndexedText>();
  private shared: Search | null = null;

  constructor(readonly blocks: Blocks, private readonly postings: Postings, private readonly packed: PackedReadings,
    readonly vocabulary: Vocabulary) {
    this.readings = new Readings(packed);
    this.syllables = new Syllables(this.readings, packed);
  }

  get places(): Places {
    return this.blocks.data.places;
  }

  get facts(): Facts {
    return this.blocks.data.facts;
  }

  browse(): Chip[] {
    return this.common.browse();
  }

  nearestNeed(query: string): NeedHit | null {
    return this.common.nearestNeed(query);
  }

  /** Works out for a few milliseconds how the names are spelt that any query may mean; false once nothing is left. */
  warm(milliseconds: number): boolean {
    return this.common.warm(milliseconds);
  }

  /** The engine over no place at all: needs, towns, services and the like. */
  private get common(): Search {
    return this.shared || (this.shared = new Scope(this.blocks, (places, facts) => this.engine(places, facts)).engine);
  }

  /** `early` is told of what was found so far, the best of it first. */
  async find(query: string, limits: Limits, early: (found: PartlyFound) => void = () => undefined): Promise<PartlyFound> {
    const said = this.common.find(query);
    const isSaid = said.needs.length > 0 || said.terms.some(({ text }) => tierCalled(text, this.packed.tiers) >= 0);
    const terms = isSaid ? said.terms : this.common.termsOf(query);
    if (!terms.length) return { needs: [], hits: [], chips: [], nearest: null, terms, complete: true };
    const scope = new Scope(this.blocks, (places, facts) => this.engine(places, facts));
    const { within } = limits;
    if (within) {
      await scope.bring(within);
      return { ...scope.find(query), complete: true };
    }
    const lists = await Promise.all(terms.map((term) => this.candidates(term, said)));
    let complete = await this.look(scope, query, terms, this.together(lists), limits, early);
    for (let at = 0; at < terms.length; at++) {
      const written = terms[at]!.text;
      await this.witness(scope, written, lists[at]!, limits.blocks);
      if (!scope.holds(written)) complete = (await this.almost(scope, query, terms[at]!)) && complete;
    }
    return { ...scope.find(query), complete };
  }

  /** Blocks that may hold a term, or what is needed by who says it: 卫生间 is 厕所 there. */
  private async candidates(term: Term, { needs }: Found): Promise<Ranks | null> {
    const names = needs.filter(({ need, word }) => need.name !== word && plain(word).text.indexOf(term.text) === 0).map(({ need }) => termsOf(need.name)[0]!);
    const lists = await Promise.all([term, ...names].map((each) => candidates(each, this.syllables, this.postings)));
    const tier = tierCalled(term.text, this.packed.tiers);
    if (tier >= 0) lists.push(this.ofTier(tier));
    return lists.reduce((one, other) => one && other && either(one, other));
  }

  /** The blocks with places of a tier, which come after all whose names say so. */
  private ofTier(tier: number): Ranks {
    return this.postings.none().map((_, block) => (this.blocks.overview.blocks[block]!.tiers[tier] ? GROUPS.indexOf("also") * (LONGEST + 1) * TIERS : NONE));
  }

  /** The blocks that may hold all of these, with the best rank that any of the terms has there. */
  private together(lists: readonly (Ranks | null)[]): Ranks {
    const known = lists.filter((ranks): ranks is Ranks => ranks !== null);
    const all = known.reduce(both, known[0] || this.postings.none().fill(0));
    return all.map((rank, block) => (rank === NONE ? NONE : Math.min(...known.map((ranks) => ranks[block]!), NONE - 1)));
  }

  /** Brings the best blocks first, until no other can hold a better hit than those that are shown. Whether all were brought. */
  private async look(scope: Scope, query: string, terms: readonly Term[], ranks: Ranks, limits: Limits, early: (found: PartlyFound) => void): Promise<boolean> {
    const order = inOrder(ranks);
    const most = Math.min(order.length, limits.blocks);
    for (let at = 0; at < most; ) {
      // One, one more, two, four: something is to be seen soon, and on a slow line two at once take twice as long.
      const next = Math.min(at + Math.min(Math.max(at, 1), AT_ONCE), most);
      const had = await scope.bring(order.slice(at, next), () => {
        if (!at && next < most) this.blocks.ahead(order[next]!); // it comes while the engine looks into the first one
      });
      at = next;
      // A term that is in none of these may be in the next, and is not to be taken for misspelt.
      if (at >= most || (had && order.length <= limits.blocks) || !terms.every(({ text }) => scope.holds(text))) continue;
      const found = scope.find(query);
      if (order.length > limits.blocks && this.isSettled(found, limits.hits, ranks[order[at]!]!)) return false;
      if (found.hits.length) early({ ...found, complete: false });
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
  private async witness(scope: Scope, written: string, ranks: Ranks | null, most: number): Promise<void> {
    const order = ranks ? inOrder(ranks).filter((block) => !scope.has(block)).slice(0, most) : [];
    for (let at = 0; at < order.length && !scope.holds(written); at += AT_ONCE) await scope.bring(order.slice(at, at + AT_ONCE));
  }

  /** Brings what may hold a term that is found nowhere as it was typed; whether that is all. */
  private async almost(scope: Scope, query: string, term: Term): Promise<boolean> {
    const { length } = this.blocks.loaded;
    const all = Array.from(this.blocks.loaded.keys());
    if (length <= EXHAUSTIVE) {
      await scope.bring(all);
      return true;
    }
    const missing = await nearly(term, SLIPS, this.syllables, this.postings);
    const order = missing ? inOrder(missing).slice(0, 4 * AT_ONCE) : [];
    for (let at = 0; at < order.length && !scope.find(query).hits.length; at += AT_ONCE) await scope.bring(order.slice(at, at + AT_ONCE));
    return false;
  }

  private engine(places: Places, facts: Facts): Search {
    const { counts } = this.blocks.choices;
    const all = { town: counts.town.all, tier: counts.tier.all, service: counts.service.all, facility: counts.facility.all, brand: counts.brand.all };
    const { readings, texts, vocabulary } = this;
    return new Search(places, facts, this.packed, { readings, counts: all, texts, vocabulary });
  }
}

/** Blocks, the best first. */
function inOrder(ranks: Ranks): number[] {
  return Array.from(ranks.keys()).filter((block) => ranks[block] !== NONE).sort((a, b) => ranks[a]! - ranks[b]! || a - b);
}
