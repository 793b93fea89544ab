// Which tiles of the base a view needs, and how they come.

import { texts } from "../../data/columns";
import { shard } from "../../data/shards";
import { namesOf, unpackTile, worldX, worldY, type Group, type PackedNames, type PackedTile, type Spot } from "./tile";
import { zoomOf, type View } from "./paint";

/** data/base.js. */
export interface BaseIndex {
  /** Degrees of a tile. */
  size: number;
  tiles: string;
  versions: string;
  all: string;
}

const VERSION = 6; // characters, as in haitang/site/exports/shards/blocks.py
const FINE = 12.75; // the zoom from which on tiles are shown, and not the coarse picture of everything
const WHOLE = "all";

export class Tiles {
  private readonly versions = new Map<string, string>();
  private readonly said = namesOf(window.HAITANG!["map_names"] as unknown as PackedNames | undefined);
  private readonly come = new Map<string, Group[]>();

  constructor(private readonly root: string, private readonly index: BaseIndex, private readonly there: (spot: Spot) => Spot) {
    texts(index.tiles, index.versions.length / VERSION).forEach((name, at) => this.versions.set(name, index.versions.substr(at * VERSION, VERSION)));
    this.versions.set(WHOLE, index.all);
  }

  /** What there is to draw of a view; the coarse picture until all finer tiles are there. */
  groups(view: View): Group[] {
    const names = this.needed(view);
    const ready = names.every((name) => this.come.has(name));
    return ([] as Group[]).concat(...(ready ? names : [WHOLE]).map((name) => this.come.get(name) || []));
  }

  /** Brings what a view needs; null where it is there. */
  bring(view: View): Promise<void> | null {
    const missing = this.needed(view).filter((name) => !this.come.has(name));
    if (!missing.length) return null;
    return Promise.all(missing.map((name) => shard<PackedTile & object>(this.root, `base/${name}`, this.versions.get(name)!).then((packed) => {
      this.come.set(name, unpackTile(packed, this.there, this.said));
    }))).then(() => undefined);
  }

  private needed(view: View): string[] {
    if (zoomOf(view) < FINE || this.versions.size === 1) return [WHOLE]; // in a hall there is nothing finer
    const { size } = this.index;
    const names: string[] = [];
    this.versions.forEach((_, name) => {
      if (name === WHOLE) return;
      const [x, y] = name.split("-").map(Number) as [number, number];
      const [west, south] = [x * size - 180, y * size - 90];
      const [from, to] = [this.there({ lon: west, lat: south + size }), this.there({ lon: west + size, lat: south })];
      const left = worldX(from.lon) * view.scale < view.x + view.width && worldX(to.lon) * view.scale > view.x;
      if (left && worldY(from.lat) * view.scale < view.y + view.height && worldY(to.lat) * view.scale > view.y) names.push(name);
    });
    return names;
  }
}
