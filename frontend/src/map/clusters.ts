// What stands where at a zoom: single positions and clusters, both as `Entry`. The only module that knows supercluster.

import Supercluster, { type ClusterProperties } from "supercluster";
import { boxAround, TIERS, type Bounds, type MapData } from "./data";
import { clusterKey } from "./joining";
import type { Sizes } from "./sizes";
import { Tallies } from "./tallies";

const WIDTH = TIERS.length + 1; // of a tally: members by tier, and how many are known only to their town

/** A mark to be drawn. `key` is the same for the same flower at any zoom, so that it (and the focus on it) is kept. */
export interface Entry {
  key: string;
  lng: number;
  lat: number;
  count: number;
  /** Members by tier code. */
  tiers: number[];
  /** True where every member is known only to its town. */
  rough: boolean;
  /** Row of the only member; -1 for a cluster. */
  row: number;
  /** supercluster's ids of what it holds, and single rows that were joined to them. */
  clusters: number[];
  joined: number[];
}

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

export class Clusters {
  private readonly leaves: Leaf[] = [];
  private index!: Supercluster<Leaf, object>;
  private tallies!: Tallies;

  constructor(
    private readonly data: MapData,
    private readonly maxZoom: number,
    private readonly sizes: Sizes,
    mask: Uint8Array | null,
  ) {
    const { lon } = data;
    for (let row = 0; row < lon.length; row++) if (lon[row] === lon[row]) this.leaves.push(new Leaf(row, data));
    this.select(mask);
  }

  /** Only these rows from now on; null: all. */
  select(mask: Uint8Array | null): void {
    const leaves = mask ? this.leaves.filter((leaf) => mask[leaf.row]) : this.leaves;
    this.index = new Supercluster<Leaf, object>({
      radius: this.sizes.apart,
      extent: 256, // so that `radius` is in CSS pixels
      maxZoom: this.maxZoom, // as the map's: what cannot be told apart there opens as a list
    });
    this.index.load(leaves);
    const { kind, precise } = this.data;
    this.tallies = new Tallies(this.index, leaves.length, this.maxZoom, WIDTH, (point, sums, at) => {
      const { row } = leaves[point]!;
      sums[at + kind[row]!]! += 1;
      if (!precise[row]) sums[at + TIERS.length]! += 1;
    });
  }

  /** The marks of a view; between whole zoom levels the nearest one decides. */
  within(box: Bounds, zoom: number): Entry[] {
    return this.index.getClusters(box, Math.round(zoom)).map((feature) => {
      if (!("cluster" in feature.properties)) return this.single((feature.properties).row);
      const [lon, lat] = feature.geometry.coordinates as [number, number];
      return this.cluster(lon, lat, feature.properties);
    });
  }

  /** The zoom at which a mark comes apart, seen from another; Infinity where it never does. */
  splitZoom(entry: Entry, zoom: number): number {
    if (entry.row >= 0) return Infinity;
    const apart = entry.clusters.length + entry.joined.length > 1 ? Math.floor(zoom) + 1 : this.index.getClusterExpansionZoom(entry.clusters[0]!);
    return apart <= this.maxZoom ? apart : Infinity;
  }

  /** Rows of a mark's members, in no order. */
  members(entry: Entry): number[] {
    const rows = [...entry.joined];
    for (const id of entry.clusters) for (const leaf of this.index.getLeaves(id, Infinity)) rows.push(leaf.properties.row);
    return rows;
  }

  /** Rows of a mark's members, centres first, then by name as the page's language sorts. */
  rows(entry: Entry): number[] {
    const { tier, name } = this.data;
    const language = document.documentElement.lang || undefined;
    return this.members(entry).sort((a, b) => tier[a]! - tier[b]! || name[a]!.localeCompare(name[b]!, language));
  }

  /** Where a mark's members lie. */
  bounds(entry: Entry): Bounds {
    return boxAround(this.data, this.members(entry)) || [entry.lng, entry.lat, entry.lng, entry.lat];
  }

  private single(row: number): Entry {
    return {
      key: `p${row}`, lng: this.data.lon[row]!, lat: this.data.lat[row]!, row, count: 1, clusters: [], joined: [row],
      tiers: TIERS.map((_, tier) => Number(this.data.tier[row] === tier)),
      rough: !this.data.precise[row],
    };
  }

  private cluster(lng: number, lat: number, { cluster_id: id, point_count: count }: ClusterProperties): Entry {
    const tally = this.tallies.of(id);
    const tiers = Array.from(tally.subarray(0, TIERS.length));
    const rough = tally[TIERS.length] === count;
    return { key: clusterKey(lng, lat, tiers), lng, lat, count, tiers, rough, row: -1, clusters: [id], joined: [] };
  }
}
