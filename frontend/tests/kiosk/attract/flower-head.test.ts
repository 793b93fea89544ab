// The family's flower head: how it is laid out, for none, one, some and very many places.

import assert from "node:assert/strict";
import { test } from "node:test";
import { flowerHead, RADIUS, type Tier } from "../../../src/kiosk/attract/flower-head";

function many(counts: { [tier in Tier]?: number }): Tier[] {
  return (Object.keys(counts) as Tier[]).reduce<Tier[]>((all, tier) => all.concat(new Array<Tier>(counts[tier]!).fill(tier)), []);
}

const SOME = many({ unknown: 9, point: 7, station: 12, other: 2, centre: 4 });
const VERY_MANY = many({ centre: 60, station: 900, point: 1000, unknown: 40 });

test("none is a head of seeds, from the heart to the rim", () => {
  const { blossoms, seeds } = flowerHead([]);
  assert.equal(blossoms.length, 0);
  assert.ok(seeds.length > 100);
});

test("one stands in the heart", () => {
  const [only] = flowerHead(["point"]).blossoms;
  assert.deepEqual([only!.x, only!.y], [0, 0]);
});

for (const [name, tiers] of [["34", SOME], ["2,000", VERY_MANY]] as const) {
  test(`${name}: each place is one flower, and all are inside`, () => {
    const { blossoms } = flowerHead(tiers);
    assert.deepEqual(blossoms.map(({ tier }) => tier).sort(), tiers.slice().sort());
    for (const { x, y, r } of blossoms) assert.ok(Math.hypot(x, y) + r <= RADIUS);
  });

  test(`${name}: centres in the heart, buds at the rim`, () => {
    const { blossoms } = flowerHead(tiers);
    const away = (tier: Tier): number => {
      const those = blossoms.filter((one) => one.tier === tier);
      return those.reduce((sum, { x, y }) => sum + Math.hypot(x, y), 0) / those.length;
    };
    assert.ok(away("centre") < away("station") && away("station") < away("point"));
  });
}

test("few do not lie on each other", () => {
  const { blossoms } = flowerHead(SOME);
  blossoms.forEach((one, at) => {
    for (const other of blossoms.slice(at + 1)) {
      assert.ok(Math.hypot(one.x - other.x, one.y - other.y) > (one.r + other.r) * 0.85, `${one.tier} on ${other.tier}`);
    }
  });
});
