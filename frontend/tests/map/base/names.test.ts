import assert from "node:assert/strict";
import { test } from "node:test";
import { within } from "../../../src/map/base/names";

test("of a stretch that part is taken which the view shows", () => {
  assert.deepEqual(within([-100, 50, 300, 50], 200, 100), [0, 50, 200, 50]);
  assert.deepEqual(within([50, 20, 150, 80], 200, 100), [50, 20, 150, 80]);
  assert.deepEqual(within([100, -100, 100, 200], 200, 100), [100, 0, 100, 100]);
  assert.deepEqual(within([-50, -50, 150, 150], 100, 100), [0, 0, 100, 100]);
});

test("what the view does not show is none", () => {
  assert.equal(within([-100, -10, 300, -10], 200, 100), null);
  assert.equal(within([201, 0, 300, 100], 200, 100), null);
  assert.equal(within([-100, 50, 100, 250], 200, 100), null);
});
