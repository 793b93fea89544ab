import assert from "node:assert/strict";
import { test } from "node:test";
import type { Data } from "../../../src/data/directory";
import { atSameAddress } from "../../../src/finder/query/same-address";

const DATA = { places: { town: [0, 0, 1, 1] }, facts: { address: ["人民路1号", "人民路1号", "人民路1号", ""] } } as unknown as Data;

test("the same address counts within a town, among what is shown, and never where it is not known", () => {
  assert.deepEqual(atSameAddress(0, [0, 1, 2, 3], DATA), [1]);
  assert.deepEqual(atSameAddress(0, [0, 2, 3], DATA), []);
  assert.deepEqual(atSameAddress(3, [0, 1, 2, 3], DATA), []);
});
