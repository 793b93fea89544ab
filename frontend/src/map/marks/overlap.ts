// Joins marks that would cover each other. supercluster keeps places apart, but the centre of a cluster lies amid its members
// and may come to lie beside another one; a number under a petal cannot be read, and a covered button not be tapped.

import { clusterKey, type MapMark } from "../core/mark";

/** How much of the room that two marks need side by side they must have: a fifth of overlap only hides petals. */
const ROOM = 0.8;

interface Placed {
  entry: MapMark;
  x: number;
  y: number;
  size: number;
}

/** The same members in fewer marks, none of which covers another's heart. The fullest ones take in what is too near. */
export function joinOverlapping(entries: MapMark[], at: (entry: MapMark) => { x: number; y: number }, size: (entry: MapMark) => number): MapMark[] {
  const place = (entry: MapMark): Placed => {
    const { x, y } = at(entry);
    return { entry, x, y, size: size(entry) };
  };
  // By count and then by key: the outcome must not depend on the order in which the index finds them.
  const waiting = entries.map(place).sort((a, b) => b.entry.count - a.entry.count || (a.entry.key < b.entry.key ? -1 : 1));
  const stand: Placed[] = [];
  for (const next of waiting) {
    let mark = next;
    // A joined mark is larger and lies elsewhere, so it may meet the next one.
    for (let near = neighbour(mark, stand); near >= 0; near = neighbour(mark, stand)) {
      mark = place(sum(stand.splice(near, 1)[0]!.entry, mark.entry));
    }
    stand.push(mark);
  }
  return stand.map(({ entry }) => entry);
}

function neighbour(mark: Placed, others: Placed[]): number {
  return others.findIndex((other) => Math.hypot(other.x - mark.x, other.y - mark.y) < ((other.size + mark.size) / 2) * ROOM);
}

function sum(a: MapMark, b: MapMark): MapMark {
  const count = a.count + b.count;
  const lng = (a.lng * a.count + b.lng * b.count) / count;
  const lat = (a.lat * a.count + b.lat * b.count) / count;
  const tiers = a.tiers.map((tier, index) => tier + b.tiers[index]!);
  return {
    key: clusterKey(lng, lat, tiers), lng, lat, count, tiers, row: -1,
    rough: a.rough && b.rough,
    clusters: a.clusters.concat(b.clusters),
    joined: a.joined.concat(b.joined),
  };
}
