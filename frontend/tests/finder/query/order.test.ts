import assert from "node:assert/strict";
import { test } from "node:test";
import { order } from "../../../src/finder/query/order";

const POINTS = { lon: [120.95, 120.96, 120.951, null], lat: [31.38, 31.38, 31.38, null], precise: [0, 1, 1, 0], verified: ["", "", "", ""] };

test("near places come first, and those known only to a town after them without a distance", () => {
  const { rank, metres } = order(POINTS, null, { lon: 120.95, lat: 31.38 });
  const rows = [0, 1, 2, 3].sort((a, b) => rank[a]! - rank[b]!);
  assert.deepEqual(rows, [2, 1, 0, 3]);
  assert.ok(Number.isNaN(metres![0]) && Number.isNaN(metres![3]));
  assert.ok(metres![2]! < 100 && metres![1]! > 900);
});

test("hits of a group stand together, groups in the order of their best hit", () => {
  const hit = (row: number, group: string) => ({ row, group, marks: [], note: "" });
  const { rank } = order(POINTS, [hit(3, "a"), hit(0, "b"), hit(1, "a")], null);
  assert.deepEqual([3, 1, 0, 2].map((row) => rank[row]), [0, 1, 2, 4]);
});
