// The family's flower head: how it is laid out, for none, one, some and very many places.

import assert from "node:assert/strict";
import { test } from "node:test";
import { flowerHead, RADIUS } from "../../../src/kiosk/cards/flower-head";

function many(counts: { [look: string]: number }): string[] {
  return Object.keys(counts).reduce<string[]>((all, look) => all.concat(new Array<string>(counts[look]!).fill(look)), []);
}

const SOME = many({ centre: 4, station: 12, point: 7, other: 2, unknown: 9 });
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

test("circles are smaller with each rank, and the highest stand in the heart", () => {
  const { blossoms } = flowerHead(many({ "circle-01": 2, "circle-02": 5, "circle-07": 30, "circle-12": 9, unknown: 3 }));
  const radius = (look: string): number => blossoms.filter((one) => one.look === look)[0]!.r;
  assert.ok(radius("circle-01") > radius("circle-02") && radius("circle-02") > radius("circle-07"));
  assert.ok(radius("circle-07") > radius("circle-12"));
  const [highest, lowest] = [blossoms[0]!, blossoms[45]!];
  assert.ok(Math.hypot(highest.x, highest.y) < Math.hypot(lowest.x, lowest.y));
});

for (const [name, tiers] of [["34", SOME], ["2,000", VERY_MANY]] as const) {
  test(`${name}: each place is one flower, and all are inside`, () => {
    const { blossoms } = flowerHead(tiers);
    assert.deepEqual(blossoms.map(({ look }) => look).sort(), tiers.slice().sort());
    for (const { x, y, r } of blossoms) assert.ok(Math.hypot(x, y) + r <= RADIUS);
  });

  test(`${name}: centres in the heart, buds at the rim`, () => {
    const { blossoms } = flowerHead(tiers);
    const away = (look: string): number => {
      const those = blossoms.filter((one) => one.look === look);
      return those.reduce((sum, { x, y }) => sum + Math.hypot(x, y), 0) / those.length;
    };
    assert.ok(away("centre") < away("station") && away("station") < away("point"));
  });
}

test("few do not lie on each other", () => {
  const { blossoms } = flowerHead(SOME);
  blossoms.forEach((one, at) => {
    for (const other of blossoms.slice(at + 1)) {
      assert.ok(Math.hypot(one.x - other.x, one.y - other.y) > (one.r + other.r) * 0.85, `${one.look} on ${other.look}`);
    }
  });
});
