import assert from "node:assert/strict";
import { test } from "node:test";
import type { Facts, Places } from "../../../src/data/directory";
import { partOf } from "../../../src/map/core/page-part";
import { putTiers } from "../../fixtures/tiers";

putTiers();

const places: Places = {
  id: ["a", "b", "c", "d"],
  name: ["甲", "乙", "丙", "丁"],
  tier: [0, 1, 1, 4],
  town: [0, 1, 1, 2],
  towns: [
    { id: "jia", name: "甲镇", area: "x", lon: 121, lat: 31.3 },
    { id: "yi", name: "乙镇", area: "x", lon: null, lat: null },
    { id: "x", name: "样例", area: "x", lon: null, lat: null },
  ],
};
const facts = { brands: [[0], [], [0, 1], []], brandNames: [{ id: "mei", name: "梅" }, { id: "song", name: "松" }] } as unknown as Facts;

test("a page's part: town, tier, brand; what nobody knows holds nothing", () => {
  assert.deepEqual([...partOf("town:yi", places, null)], [0, 1, 1, 0]);
  assert.deepEqual([...partOf("tier:station", places, null)], [0, 1, 1, 0]);
  assert.deepEqual([...partOf("brand:mei", places, facts)], [1, 0, 1, 0]);
  assert.deepEqual([...partOf("brand:song", places, facts)], [0, 0, 1, 0]);
  assert.deepEqual([...partOf("town:gone", places, null)], [0, 0, 0, 0]);
});
