// What stands where at a zoom: single positions and clusters, both as `MapMark`. The only module that knows supercluster.

import Supercluster, { type ClusterProperties } from "supercluster";
import { tiers as allTiers } from "../../data/tiers";
import { boxAround, rowsWithin, type Bounds, type MapData } from "../core/map-data";
import { clusterKey, type MapMark } from "../core/mark";
import type { Sizes } from "../core/sizes";
import type { PlaceSource } from "./place-source";
import { TierCounts } from "./tier-counts";

/** One place as supercluster wants it, a GeoJSON feature, in a single small object: a hundred thousand of them are made. It
 * looks at a geometry only while it takes the feature in, so all places lend the same one. */
class Leaf {
  private static readonly point = { type: "Point" as const, coordinates: [0, 0] };

  constructor(
    readonly row: number,
    private readonly data: MapData,
  ) {}

  get type(): "Feature" {
    return "Feature";
  }

  get properties(): this {
    return this;
  }

  get geometry(): { type: "Point"; coordinates: number[] } {
    Leaf.point.coordinates[0] = this.data.lon[this.row]!;
    Leaf.point.coordinates[1] = this.data.lat[this.row]!;
    return Leaf.point;
  }
}

export class Clusters implements PlaceSource {
  private readonly leaves: Leaf[] = [];
  private index!: Supercluster<Leaf, object>;
  private counts!: TierCounts;
  /** A sum has members by tier, and behind them how many are known only to their town. */
  private readonly tiers = allTiers().id.length;

  constructor(
    private readonly data: MapData,
    private readonly maxZoom: number,
    private readonly sizes: Sizes,
    private mask: Uint8Array | null,
  ) {
    const { lon } = data;
    for (let row = 0; row < lon.length; row++) if (lon[row] === lon[row]) this.leaves.push(new Leaf(row, data));
    this.select(mask);
  }

  /** Only these rows from now on; null: all. */
  select(mask: Uint8Array | null): null {
    this.mask = mask;
    const leaves = mask ? this.leaves.filter((leaf) => mask[leaf.row]) : this.leaves;
    this.index = new Supercluster<Leaf, object>({
      radius: this.sizes.apart,
      extent: 256, // so that `radius` is in CSS pixels
      maxZoom: this.maxZoom, // as the map's: what cannot be told apart there opens as a list
    });
    this.index.load(leaves);
    const { kind, precise } = this.data;
    this.counts = new TierCounts(this.index, leaves.length, this.maxZoom, this.tiers + 1, (point, sums, at) => {
      const { row } = leaves[point]!;
      sums[at + kind[row]!]! += 1;
      if (!precise[row]) sums[at + this.tiers]! += 1;
    });
    return null;
  }

  rowsIn(box: Bounds): number[] {
    return rowsWithin(this.data, this.mask, box);
  }

  around(box: Bounds): Bounds | null {
    return boxAround(this.data, this.rowsIn(box));
  }

  bring(): null {
    return null;
  }

  /** The marks of a view; between whole zoom levels the nearest one decides. */
  within(box: Bounds, zoom: number): MapMark[] {
    return this.index.getClusters(box, Math.round(zoom)).map((feature) => {
      if (!("cluster" in feature.properties)) return this.single((feature.properties).row);
      const [lon, lat] = feature.geometry.coordinates as [number, number];
      return this.cluster(lon, lat, feature.properties);
    });
  }

  /** The zoom at which a mark comes apart, seen from another; Infinity where it never does. */
  splitZoom(entry: MapMark, zoom: number): number {
    if (entry.row >= 0) return Infinity;
    const apart = entry.clusters.length + entry.joined.length > 1 ? Math.floor(zoom) + 1 : this.index.getClusterExpansionZoom(entry.clusters[0]!);
    return apart <= this.maxZoom ? apart : Infinity;
  }

  /** Rows of a mark's members, in no order. */
  members(entry: MapMark): number[] {
    const rows = [...entry.joined];
    for (const id of entry.clusters) for (const leaf of this.index.getLeaves(id, Infinity)) rows.push(leaf.properties.row);
    return rows;
  }

  /** Rows of a mark's members, centres first, then by name as the page's language sorts. */
  rows(entry: MapMark): number[] {
    const { tier, name } = this.data;
    const language = document.documentElement.lang || undefined;
    return this.members(entry).sort((a, b) => tier[a]! - tier[b]! || name[a]!.localeCompare(name[b]!, language));
  }

  /** Where a mark's members lie. */
  bounds(entry: MapMark): Bounds {
    return boxAround(this.data, this.members(entry)) || [entry.lng, entry.lat, entry.lng, entry.lat];
  }

  private single(row: number): MapMark {
    return {
      key: `${this.data.name[row] ? "p" : "u"}${row}`, lng: this.data.lon[row]!, lat: this.data.lat[row]!, row, count: 1, clusters: [], joined: [row],
      tiers: allTiers().id.map((_, tier) => Number(this.data.tier[row] === tier)),
      rough: !this.data.precise[row],
    };
  }

  private cluster(lng: number, lat: number, { cluster_id: id, point_count: count }: ClusterProperties): MapMark {
    const counted = this.counts.of(id);
    const tiers = Array.from(counted.subarray(0, this.tiers));
    const rough = counted[this.tiers] === count;
    return { key: clusterKey(lng, lat, tiers), lng, lat, count, tiers, rough, row: -1, clusters: [id], joined: [] };
  }
}
