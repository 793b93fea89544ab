// What a finder needs where the directory comes in blocks: which data must be there before a question can be answered, and what
// the overview knows without any.

import type { Blocks } from "../data/blocks";
import { answerOf } from "./answers";
import type { Coming } from "./finder-lists";
import type { Answer } from "./query/engine";
import { chosenCount, isAsked, type Filters, type Sifted } from "./query/filters";
import { OWN } from "./query/only";
import type { Sort } from "./query/sorting";

const AT_FIRST = { hits: 30, blocks: 40 };

export class SplitFinder implements Coming {
  private limits = AT_FIRST;
  private asked = "";

  /** The blocks of the visitor's own places: all that is told of these is there, and nothing else is asked for. */
  private readonly own: readonly number[] | null;

  /** `only` is the page's part. */
  constructor(private readonly blocks: Blocks, private readonly only: string) {
    this.own = only === OWN ? blocks.overview.blocks.map((_, at) => at).filter((at) => blocks.loaded[at]) : null;
  }

  /** Orders that cannot be told: they ask something of every place. */
  get lacking(): readonly Sort[] {
    return this.own ? [] : ["open", "name"];
  }

  /** Brings what an answer is made from; null where it is there. The answer to the words, if there are any. */
  prepare(filters: Filters, isMapped: boolean, isNear: boolean): Promise<Answer | null> {
    const { blocks, own } = this;
    if (filters.q !== this.asked) this.limits = AT_FIRST;
    this.asked = filters.q;
    return Promise.all([
      (chosenCount(filters) || this.only) && !own && !blocks.hasFacets ? blocks.facets() : null,
      ((isMapped && isAsked(filters)) || isNear) && !own && !blocks.hasSpots ? blocks.spots() : null,
      filters.q ? answerOf(blocks, filters.q, own ? { ...this.limits, within: own } : this.limits) : null,
    ]).then(([, , answer]) => answer);
  }

  /** Twice as many blocks from now on. */
  further(): void {
    this.limits = { hits: this.limits.hits, blocks: this.limits.blocks * 2 };
  }

  /** What is shown where nothing is asked, as the overview has it; null where it does not suffice. */
  unasked(filters: Filters): Sifted | null {
    const { hasFacets, overview, choices } = this.blocks;
    if (this.own || hasFacets || isAsked(filters)) return null;
    const { counts } = choices;
    const { rows } = overview;
    const shown = (group: keyof typeof counts): Uint32Array => Uint32Array.from(counts[group].shown);
    const kept = new Uint8Array(rows).fill(1);
    for (const { isPast, start, rows: count } of overview.blocks) if (isPast) kept.fill(0, start, start + count);
    return {
      shown: kept, total: counts.tier.shown.reduce((sum, count) => sum + count, 0),
      counts: { town: shown("town"), tier: shown("tier"), service: shown("service"), facility: shown("facility"), brand: shown("brand") },
      flags: { open: -1, verified: -1, access: -1 },
    };
  }

  bring(rows: readonly number[]): Promise<void> | null {
    return this.blocks.rows(rows);
  }

  known(rows: readonly number[]): number[] {
    return this.blocks.known(rows);
  }

  isNowhere(row: number): boolean {
    return this.blocks.isNowhere(row);
  }

  /** Changes with every block that comes. */
  get state(): string {
    return `${this.blocks.count} ${Number(this.blocks.hasFacets)}`;
  }
}
