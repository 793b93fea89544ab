// In which order places are shown: near ones first where a visitor said from where, else the best hits, else as in the directory.

import type { Points } from "../../data/directory";
import { metresBetween, type Spot } from "../../data/geo";
import type { Hit } from "./engine";

/** Ranks of all rows, and how far each is where that is known. */
export interface Order {
  rank: Float64Array;
  metres: Float64Array | null;
  /** Rows as they stand in the directory are in order already. */
  isPlain: boolean;
}

/** A place known only to its town has no distance: it comes after all that have one. */
export function order(points: Points, hits: readonly Hit[] | null, from: Spot | null): Order {
  const rows = points.lon.length;
  const rank = Float64Array.from({ length: rows }, (_, row) => row);
  if (hits) {
    rank.fill(rows);
    grouped(hits).forEach(({ row }, at) => (rank[row] = at));
  }
  if (!from) return { rank, metres: null, isPlain: !hits };
  const metres = new Float64Array(rows).fill(NaN);
  for (let row = 0; row < rows; row++) {
    if (points.precise[row]) metres[row] = metresBetween(from, { lon: points.lon[row]!, lat: points.lat[row]! });
    rank[row] = points.precise[row] ? metres[row]! : 1e9 + rank[row]!; // farther than the earth is wide, in the order of before
  }
  return { rank, metres, isPlain: false };
}

/** Hits of one group together, groups in the order of their best hit. */
export function grouped(hits: readonly Hit[]): Hit[] {
  const groups = new Map<string, Hit[]>();
  for (const hit of hits) {
    const group = groups.get(hit.group);
    if (group) group.push(hit);
    else groups.set(hit.group, [hit]);
  }
  return ([] as Hit[]).concat(...Array.from(groups.values()));
}

/** `rows` come as they stand in the directory. */
export function inOrder(rows: readonly number[], { rank, isPlain }: Order): number[] {
  if (isPlain) return rows.slice();
  return rows.slice().sort((a, b) => rank[a]! - rank[b]! || a - b);
}

/** The rows of a mask. */
export function rowsOf(shown: Uint8Array): number[] {
  const rows: number[] = [];
  for (let row = 0; row < shown.length; row++) if (shown[row]) rows.push(row);
  return rows;
}
