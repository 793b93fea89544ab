import assert from "node:assert/strict";
import { test } from "node:test";
import { AwakeClock, EventRate } from "../../src/launcher/awake-clock";

test("a jump of the clock is no time that passed", () => {
  const clock = new AwakeClock(1_000);
  assert.equal(clock.tick(2_000), false);
  assert.equal(clock.tick(3_600_000), true);
  assert.equal(clock.tick(0), true);
  assert.equal(clock.tick(1_500), false);
  assert.equal(clock.awake, 1_000 + 1_000 + 1_000 + 1_500);
});

test("a rate forgets", () => {
  const rate = new EventRate(10);
  assert.deepEqual([0, 5, 9, 16, 40].map((time) => rate.add(time)), [1, 2, 3, 2, 1]);
});
