// What stands where, from how many places each block holds: a block that has not come counts as a whole, in the middle of its
// places. Marks are the squares of a grid, some sixty pixels wide at every zoom, so that what is drawn here depends on nothing that
// is elsewhere; a block that is wider than such a square is asked for.

import type { Blocks } from "../../data/blocks";
import type { Block } from "../../data/overview";
import { tiers as allTiers } from "../../data/tiers";
import { takeRows, type Bounds, type MapData, type Shift } from "../core/map-data";
import { clusterKey, type MapMark } from "../core/mark";
import type { Sizes } from "../core/sizes";
import { Clusters } from "./clusters";
import type { PlaceSource } from "./place-source";

/** The page's own part: a town's index or a tier's, -1 for all; and whether with what is gone. */
export interface Part {
  town: number;
  tier: number;
  withPast: boolean;
}

const TILE = 256; // pixels of the whole map at zoom 0

/** A square of the grid while it is filled. */
interface Square {
  lon: number;
  lat: number;
  count: number;
  tiers: number[];
  rough: number;
  blocks: number[];
  rows: number[];
}

export class BlockClusters implements PlaceSource {
  /** Where blocks lie as drawn. */
  private readonly places: { box: Bounds; lon: number; lat: number }[];
  private readonly wanted = new Set<number>();
  /** Where only some rows are selected, every one of them is known. */
  private chosen: Clusters | null = null;
  private turn = 0;
  private readonly taken: boolean[] = [];
  private known = 0; // of the two files that tell something of every row

  constructor(
    private readonly blocks: Blocks,
    private readonly data: MapData,
    private readonly shift: Shift,
    private readonly maxZoom: number,
    private readonly sizes: Sizes,
    private readonly part: Part,
  ) {
    this.places = blocks.overview.blocks.map(({ box, lon, lat }) => {
      const [west, south, east, north] = box || [NaN, NaN, NaN, NaN];
      const [low, high, middle] = [shift.there({ lon: west, lat: south }), shift.there({ lon: east, lat: north }), shift.there({ lon, lat })];
      return { box: [low.lon, low.lat, high.lon, high.lat], ...middle };
    });
    this.take();
  }

  select(mask: Uint8Array | null): Promise<void> | null {
    const turn = ++this.turn;
    if (!mask) {
      this.chosen = null;
      return null;
    }
    const choose = (): void => {
      if (turn !== this.turn) return;
      this.take();
      this.chosen = new Clusters(this.data, this.maxZoom, this.sizes, mask);
    };
    if (this.blocks.hasSpots || this.blocks.overview.blocks.every((block, at) => this.blocks.loaded[at] || !mask.subarray(block.start, block.start + block.rows).some(Boolean))) {
      choose();
      return null;
    }
    return this.blocks.spots().then(choose);
  }

  bring(marks: readonly MapMark[]): Promise<void> | null {
    const wanted = Array.from(this.wanted);
    this.wanted.clear();
    for (const { row } of marks) if (row >= 0) wanted.push(this.blocks.blockOf(row));
    const wait = this.blocks.bring(wanted);
    if (!wait) this.take();
    return wait && wait.then(() => this.take());
  }

  around(view: Bounds): Bounds | null {
    if (this.chosen) return this.chosen.around(view);
    const { overview } = this.blocks;
    const spots = this.places.filter((place, at) => this.isOwn(overview.blocks[at]!) && within(place, view));
    const all = spots.length === overview.blocks.filter((block) => block.box && this.isOwn(block)).length;
    // The places themselves reach further than the middles of blocks.
    const towns = overview.boxes.filter((box, town) => box && (this.part.town < 0 || town === this.part.town)) as Bounds[];
    const corners = all ? ([] as { lon: number; lat: number }[]).concat(...towns.map(([west, south, east, north]) =>
      [this.shift.there({ lon: west, lat: south }), this.shift.there({ lon: east, lat: north })])) : spots;
    return boxOf(corners);
  }

  /** Takes over what has come of the blocks since. */
  private take(): void {
    const { blocks, data, shift } = this;
    const { places, points } = blocks.data;
    const known = Number(blocks.hasSpots) + Number(blocks.hasFacets);
    if (known !== this.known) takeRows(data, places, points, shift, 0, data.lon.length);
    this.known = known;
    blocks.overview.blocks.forEach(({ start, rows }, at) => {
      if (!blocks.loaded[at] || this.taken[at]) return;
      takeRows(data, places, points, shift, start, start + rows);
      this.taken[at] = true;
    });
  }

  within(view: Bounds, zoom: number): MapMark[] {
    if (this.chosen) return this.chosen.within(view, zoom);
    this.take();
    const level = this.level(zoom);
    const squares = new Map<string, Square>();
    this.inView(view, (block, at) => {
      if (this.isWhole(at, level)) this.add(squares, level, this.places[at]!, this.countOf(block), block.rough, at, -1);
      else this.rowsOf(block, (row) => {
        const spot = { lon: this.data.lon[row]!, lat: this.data.lat[row]! };
        if (within(spot, view)) this.add(squares, level, spot, null, Number(!this.data.precise[row]), -1, row);
      });
    });
    return Array.from(squares.values(), (square) => this.mark(square));
  }

  splitZoom(entry: MapMark, zoom: number): number {
    if (this.chosen) return this.chosen.splitZoom(entry, zoom);
    if (entry.count === 1) return Infinity;
    const spots = this.corners(entry);
    for (let at = Math.floor(zoom) + 1; at <= this.maxZoom; at++) {
      const level = this.level(at);
      const first = squareOf(spots[0]!, level);
      if (spots.some((spot) => squareOf(spot, level) !== first)) return at;
    }
    return Infinity;
  }

  members(entry: MapMark): number[] {
    if (this.chosen) return this.chosen.members(entry);
    const rows = entry.joined.slice();
    for (const at of entry.clusters) this.rowsOf(this.blocks.overview.blocks[at]!, (row) => rows.push(row));
    return rows;
  }

  rows(entry: MapMark): number[] {
    const { tier, name } = this.data;
    const language = document.documentElement.lang || undefined;
    return this.members(entry).sort((a, b) => tier[a]! - tier[b]! || name[a]!.localeCompare(name[b]!, language));
  }

  bounds(entry: MapMark): Bounds {
    if (this.chosen) return this.chosen.bounds(entry);
    return boxOf(this.corners(entry)) || [entry.lng, entry.lat, entry.lng, entry.lat];
  }

  /** The rows in view, in the order of the blocks. A block that has not come and lies across the edge counts as its middle does. */
  rowsIn(view: Bounds): number[] {
    if (this.chosen) return this.chosen.rowsIn(view);
    const rows: number[] = [];
    this.inView(view, (block, at) => {
      const { box } = this.places[at]!;
      if (inside(box, view) || (!this.blocks.loaded[at] && within(this.places[at]!, view))) this.rowsOf(block, (row) => rows.push(row));
      else if (this.blocks.loaded[at]) this.rowsOf(block, (row) => within({ lon: this.data.lon[row]!, lat: this.data.lat[row]! }, view) && rows.push(row));
    });
    return rows;
  }

  /** The towns of the page's own places. */
  towns(): Set<number> {
    return new Set(this.blocks.overview.blocks.filter((block) => this.isOwn(block)).map(({ town }) => town));
  }

  /** The page's own rows that stand nowhere. */
  rowsNowhere(): number[] {
    const rows: number[] = [];
    for (const block of this.blocks.overview.blocks) if (!block.box && this.isOwn(block)) this.rowsOf(block, (row) => rows.push(row));
    return rows;
  }

  private inView([west, south, east, north]: Bounds, take: (block: Block, at: number) => void): void {
    this.blocks.overview.blocks.forEach((block, at) => {
      const { box } = this.places[at]!;
      if (box[0] <= east && box[2] >= west && box[1] <= north && box[3] >= south && this.isOwn(block)) take(block, at);
    });
  }

  private isOwn(block: Block): boolean {
    return (this.part.town < 0 || block.town === this.part.town) && (this.part.withPast || !block.isPast) && this.countOf(block).some((count) => count > 0);
  }

  /** How many of each tier are the page's own. */
  private countOf({ tiers }: Block): number[] {
    return this.part.tier < 0 ? tiers : tiers.map((count, tier) => (tier === this.part.tier ? count : 0));
  }

  /** Of a block that has not come all rows, whatever their tier: who shows them brings it first. */
  private rowsOf({ start, rows }: Block, take: (row: number) => void): void {
    const { tier } = this.part;
    for (let row = start; row < start + rows; row++) if (tier < 0 || this.data.kind[row] === tier) take(row);
  }

  /** Whether a block counts as a whole at this level: it fits into one square, or it has not come yet and is asked for. */
  private isWhole(at: number, level: number): boolean {
    const { depth, rows } = this.blocks.overview.blocks[at]!;
    if (depth >= level && rows > 1) return true;
    if (!this.blocks.loaded[at]) this.wanted.add(at);
    return !this.blocks.loaded[at];
  }

  private add(squares: Map<string, Square>, level: number, spot: { lon: number; lat: number }, tiers: number[] | null, rough: number, block: number, row: number): void {
    const key = squareOf(spot, level);
    let square = squares.get(key);
    if (!square) squares.set(key, (square = { lon: 0, lat: 0, count: 0, tiers: allTiers().id.map(() => 0), rough: 0, blocks: [], rows: [] }));
    const count = tiers ? tiers.reduce((sum, one) => sum + one, 0) : 1;
    square.lon += spot.lon * count;
    square.lat += spot.lat * count;
    square.count += count;
    square.rough += rough;
    if (tiers) {
      tiers.forEach((one, tier) => (square.tiers[tier]! += one));
      square.blocks.push(block);
    } else {
      square.tiers[this.data.kind[row]!]! += 1;
      square.rows.push(row);
    }
  }

  private mark({ lon, lat, count, tiers, rough, blocks, rows }: Square): MapMark {
    const single = count === 1 && rows.length === 1;
    const [lng, north] = [lon / count, lat / count];
    return {
      key: single ? `p${rows[0]!}` : clusterKey(lng, north, tiers), lng, lat: north, count, tiers, rough: rough >= count,
      row: single ? rows[0]! : -1, clusters: blocks, joined: rows,
    };
  }

  /** Where a mark's members lie, as far as that is known: of a block that has not come its square's corners. */
  private corners(entry: MapMark): { lon: number; lat: number }[] {
    const spots = entry.joined.map((row) => ({ lon: this.data.lon[row]!, lat: this.data.lat[row]! }));
    for (const at of entry.clusters) {
      const [west, south, east, north] = this.places[at]!.box;
      if (this.blocks.loaded[at]) this.rowsOf(this.blocks.overview.blocks[at]!, (row) => spots.push({ lon: this.data.lon[row]!, lat: this.data.lat[row]! }));
      else spots.push({ lon: west, lat: south }, { lon: east, lat: north });
    }
    return spots;
  }

  /** Squares of a level are halves of halves of the whole map, about as wide as marks must be apart. */
  private level(zoom: number): number {
    return Math.round(zoom) + Math.round(Math.log2(TILE / this.sizes.apart));
  }
}

function squareOf({ lon, lat }: { lon: number; lat: number }, level: number): string {
  const cells = 2 ** level;
  const y = (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2;
  return `${Math.floor(((lon + 180) / 360) * cells)} ${Math.floor(y * cells)}`;
}

function within({ lon, lat }: { lon: number; lat: number }, [west, south, east, north]: Bounds): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

function inside(box: Bounds, [west, south, east, north]: Bounds): boolean {
  return box[0] >= west && box[2] <= east && box[1] >= south && box[3] <= north;
}

function boxOf(spots: readonly { lon: number; lat: number }[]): Bounds | null {
  const box: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { lon, lat } of spots) {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  return box[0] <= box[2] ? box : null;
}
