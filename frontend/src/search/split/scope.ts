// The blocks that one query looks into, and the engine over them.

import type { Blocks } from "../../data/blocks";
import type { Facts, Places } from "../../data/directory";
import type { Found, Hit, Search } from "../engine/search";

export class Scope {
  private readonly blocks = new Set<number>();
  private made: Search | null = null;
  /** The rows of the directory that the engine's rows are. */
  private rows: number[] = [];

  constructor(private readonly all: Blocks, private readonly engineOf: (places: Places, facts: Facts) => Search) {}

  has(block: number): boolean {
    return this.blocks.has(block);
  }

  /** Takes in these blocks; whether all of them were there already. */
  async bring(blocks: readonly number[], here?: () => void): Promise<boolean> {
    const wait = this.all.bring(blocks, here);
    if (wait) await wait;
    for (const block of blocks) this.blocks.add(block);
    this.made = null;
    return !wait;
  }

  /** Whether a term is in any of these places, or in the name of a town, a service and the like. */
  holds(written: string): boolean {
    return this.engine.holds(written);
  }

  find(query: string): Found {
    const found = this.engine.find(query);
    return { ...found, hits: found.hits.map((hit) => new Moved(hit, this.rows[hit.row]!)) };
  }

  get engine(): Search {
    return this.made || (this.made = this.make());
  }

  private make(): Search {
    const { places, facts } = this.all.data;
    const rows: number[] = [];
    this.blocks.forEach((at) => {
      const { start, rows: count } = this.all.overview.blocks[at]!;
      for (let row = start; row < start + count; row++) rows.push(row);
    });
    // As in the directory: by town, by tier, by id.
    const { town, tier, id } = places;
    const place = new Map(rows.map((row) => [row, counted(id[row]!)]));
    rows.sort((a, b) => town[a]! - town[b]! || tier[a]! - tier[b]! || (place.get(a)! < place.get(b)! ? -1 : 1));
    const of = <Value>(column: readonly Value[]): Value[] => rows.map((row) => column[row]!);
    this.rows = rows;
    return this.engineOf(
      { ...places, id: of(id), name: of(places.name), tier: of(tier), town: of(town) },
      { ...facts, status: of(facts.status), hours: of(facts.hours), community: of(facts.community), address: of(facts.address), phone: of(facts.phone),
        aliases: of(facts.aliases), services: of(facts.services), facilities: of(facts.facilities), brands: of(facts.brands) },
    );
  }
}

/** What puts ids with numbers in the order of these, as haitang/data/directory.py does. */
function counted(id: string): string {
  return id.replace(/[0-9]+/g, (digits) => "0".repeat(Math.max(64 - digits.length, 0)) + digits) + id;
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
