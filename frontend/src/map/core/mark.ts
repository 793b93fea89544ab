// A flower on the map: a single place, or a cluster of several.

/** A mark to be drawn. `key` is the same for the same flower at any zoom, so that it (and the focus on it) is kept. */
export interface MapMark {
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

/** supercluster's own ids change with the zoom; the same members always have the same centre and tiers. */
export function clusterKey(lng: number, lat: number, tiers: number[]): string {
  return `c${lng.toFixed(5)},${lat.toFixed(5)},${tiers.join("+")}`;
}
