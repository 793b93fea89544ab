import assert from "node:assert/strict";
import { test } from "node:test";
import type { Data } from "../../../src/data/directory";
import { onlyRows } from "../../../src/finder/query/only";
import { putTiers } from "../../fixtures/tiers";

putTiers();

const DATA = {
  places: {
    id: ["a", "b", "c", "d"], town: [0, 0, 1, 1], tier: [0, 1, 1, 2],
    towns: [{ id: "lu" }, { id: "hua" }],
  },
  facts: {
    services: [[0], [0, 1], [], [1]], serviceNames: ["图书借阅", "医保"],
    facilities: [[], [0], [0], []], facilityNames: ["卫生间"],
  },
} as unknown as Data;

test("a page's own part is what has its service, facility, tier or town", () => {
  const rows = (only: string): number[] => Array.from(onlyRows(only, DATA, [])!);
  assert.deepEqual(rows("service:医保"), [0, 1, 0, 1]);
  assert.deepEqual(rows("facility:卫生间"), [0, 1, 1, 0]);
  assert.deepEqual(rows("tier:station"), [0, 1, 1, 0]);
  assert.deepEqual(rows("town:lu"), [1, 1, 0, 0]);
  assert.deepEqual(rows("service:没有这个"), [0, 0, 0, 0]);
  assert.equal(onlyRows("", DATA, ["a"]), null);
});

test("what no column tells, the page's own cards do", () => {
  assert.deepEqual(Array.from(onlyRows("site_kind:图书馆", DATA, ["d", "a", "gone"])!), [1, 0, 0, 1]);
  assert.deepEqual(Array.from(onlyRows("activity_kind:电影", DATA, ["c"])!), [0, 0, 1, 0]);
});
