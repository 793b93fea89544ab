// What stands where at a zoom: single positions and clusters, both as `Entry`. The only module that knows supercluster.

import Supercluster, { type ClusterProperties } from "supercluster";
import { TIERS, type MapData } from "./data";
import { clusterKey } from "./joining";
import { LatLngBounds } from "./leaflet";

/** Places nearer than this at a whole zoom level become one flower. */
const RADIUS = 60;
export const MAX_ZOOM = 16; // beyond it the sheet is bare: there is no base map

/** What a cluster knows of its members without asking for them: it must stay cheap at 100,000 points. */
interface Tally {
  t0: number;
  t1: number;
  t2: number;
  t3: number;
  t4: number;
  rough: number;
  west: number;
  south: number;
  east: number;
  north: number;
}

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
  bounds: [west: number, south: number, east: number, north: number];
}

type Row = { row: number };

export class Clusters {
  private readonly index: Supercluster<Row, Tally>;
  private readonly data: MapData;

  constructor(data: MapData) {
    this.data = data;
    this.index = new Supercluster<Row, Tally>({
      radius: RADIUS,
      extent: 256, // RADIUS in CSS pixels
      maxZoom: MAX_ZOOM, // as the map's: what cannot be told apart there opens as a list
      map: ({ row }) => this.tally(row),
      reduce: add,
    });
    this.index.load(
      data.id.map((_, row) => ({
        type: "Feature",
        geometry: { type: "Point", coordinates: [data.lon[row]!, data.lat[row]!] },
        properties: { row },
      })),
    );
  }

  /** The marks of a view; between whole zoom levels the nearest one decides. */
  within(bounds: LatLngBounds, zoom: number): Entry[] {
    const box: [number, number, number, number] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    return this.index.getClusters(box, Math.round(zoom)).map((feature) => {
      const [lon, lat] = feature.geometry.coordinates as [number, number];
      return "cluster" in feature.properties
        ? this.clusterEntry(lon, lat, feature.properties as Tally & ClusterProperties)
        : this.single((feature.properties as Row).row);
    });
  }

  /** The zoom at which a mark comes apart, seen from another; more than MAX_ZOOM where it never does. */
  splitZoom(entry: Entry, zoom: number): number {
    if (entry.row >= 0) return Infinity;
    if (entry.clusters.length + entry.joined.length > 1) return zoom < MAX_ZOOM ? zoom + 1 : Infinity;
    return this.index.getClusterExpansionZoom(entry.clusters[0]!);
  }

  /** Rows of a mark's members, centres first, then by name as the page's language sorts. */
  rows(entry: Entry): number[] {
    const rows = [...entry.joined];
    for (const id of entry.clusters) rows.push(...this.index.getLeaves(id, Infinity).map((leaf) => leaf.properties.row));
    const { tier, name } = this.data;
    return rows.sort((a, b) => tier[a]! - tier[b]! || name[a]!.localeCompare(name[b]!, document.documentElement.lang || undefined));
  }

  private single(row: number): Entry {
    const lon = this.data.lon[row]!;
    const lat = this.data.lat[row]!;
    return {
      key: `p${row}`, lng: lon, lat, row, count: 1, clusters: [], joined: [row],
      tiers: TIERS.map((_, tier) => Number(this.data.tier[row] === tier)),
      rough: !this.data.precise[row],
      bounds: [lon, lat, lon, lat],
    };
  }

  private clusterEntry(lon: number, lat: number, tally: Tally & ClusterProperties): Entry {
    const count = tally.point_count;
    return {
      key: clusterKey(lon, lat, count), lng: lon, lat, count, row: -1, clusters: [tally.cluster_id], joined: [],
      tiers: [tally.t0, tally.t1, tally.t2, tally.t3, tally.t4],
      rough: tally.rough === count,
      bounds: [tally.west, tally.south, tally.east, tally.north],
    };
  }

  private tally(row: number): Tally {
    const { data } = this;
    const tier = data.tier[row];
    const lon = data.lon[row]!;
    const lat = data.lat[row]!;
    return {
      t0: Number(tier === 0), t1: Number(tier === 1), t2: Number(tier === 2), t3: Number(tier === 3), t4: Number(tier === 4),
      rough: data.precise[row] ? 0 : 1, west: lon, south: lat, east: lon, north: lat,
    };
  }
}

function add(sum: Tally, more: Readonly<Tally>): void {
  sum.t0 += more.t0;
  sum.t1 += more.t1;
  sum.t2 += more.t2;
  sum.t3 += more.t3;
  sum.t4 += more.t4;
  sum.rough += more.rough;
  sum.west = Math.min(sum.west, more.west);
  sum.south = Math.min(sum.south, more.south);
  sum.east = Math.max(sum.east, more.east);
  sum.north = Math.max(sum.north, more.north);
}
