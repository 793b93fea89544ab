import assert from "node:assert/strict";
import { test } from "node:test";
import Supercluster from "supercluster";
import { TierCounts } from "../../../src/map/marks/tier-counts";

/** A small generator with a seed: the same points every time. */
function dice(seed: number): () => number {
  let now = seed;
  return () => (now = (now * 16807) % 2147483647) / 2147483647;
}

test("every cluster at every zoom holds the sums of its leaves", () => {
  for (const [count, spread] of [[2, 0.001], [500, 0.3], [3000, 0.05]] as const) {
    const random = dice(count);
    const kinds = Array.from({ length: count }, () => Math.floor(random() * 3));
    const points = kinds.map((_, at) => ({
      type: "Feature" as const,
      properties: { at },
      // Every tenth stands on the one before: those never come apart.
      geometry: { type: "Point" as const, coordinates: [121 + (at % 10 ? random() : 0.5) * spread, 31 + (at % 10 ? random() : 0.5) * spread] },
    }));
    const index = new Supercluster<{ at: number }, object>({ radius: 60, extent: 256, maxZoom: 16 });
    index.load(points);
    const tallies = new TierCounts(index, count, 16, 3, (point, sums, at) => (sums[at + kinds[point]!]! += 1));
    let seen = 0;
    for (let zoom = 0; zoom <= 16; zoom++) {
      for (const feature of index.getClusters([-180, -85, 180, 85], zoom)) {
        if (!("cluster" in feature.properties)) continue;
        const id = (feature.properties as { cluster_id: number }).cluster_id;
        const sums = [0, 0, 0];
        for (const leaf of index.getLeaves(id, Infinity)) sums[kinds[leaf.properties.at]!]! += 1;
        assert.deepEqual([...tallies.of(id)], sums, `cluster ${id} at zoom ${zoom}`);
        seen++;
      }
    }
    assert.ok(seen > 0);
  }
});
