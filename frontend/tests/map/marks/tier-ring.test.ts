import assert from "node:assert/strict";
import { test } from "node:test";
import { arcs } from "../../../src/map/marks/tier-ring";

const AROUND = 2 * Math.PI * 30.5;

test("one tier alone has the whole ring", () => {
  const [only, ...more] = arcs([0, 7, 0, 0, 0]);
  assert.deepEqual(more, []);
  assert.equal(only!.tier, 1);
  assert.ok(Math.abs(only!.length - AROUND) < 1e-9);
});

test("arcs follow one another around the ring, never over one another, and fill it", () => {
  for (const tiers of [[1, 1, 0, 0, 0], [1, 158, 48, 3, 9], [1, 0, 0, 0, 99999], [1, 1, 1, 1, 1]]) {
    const ring = arcs(tiers);
    assert.deepEqual(ring.map(({ tier }) => tier), tiers.map((count, tier) => (count ? tier : -1)).filter((tier) => tier >= 0));
    ring.forEach(({ from, length }, at) => {
      const next = at + 1 < ring.length ? ring[at + 1]!.from : ring[0]!.from + AROUND;
      assert.ok(from + length < next, "a gap between two");
      assert.ok(next - from - length < 6, "and no more than a gap");
    });
  }
});

test("more members never get less of the ring, and the fewest are still to be seen", () => {
  const [few, many, some] = arcs([1, 5000, 70, 0, 0]);
  assert.ok(few!.length >= 7 && few!.length < some!.length && some!.length < many!.length);
  const [half, other] = arcs([10, 10, 0, 0, 0]);
  assert.ok(Math.abs(half!.length - other!.length) < 1e-9);
});
