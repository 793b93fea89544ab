// What depends on the clock alone: the night, the age of the data.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isNight, isOld } from "../../../src/kiosk/attract/night";

test("a night goes over midnight", () => {
  const night = [21 * 60 + 30, 7 * 60] as const;
  const minutes = [21 * 60 + 29, 21 * 60 + 30, 0, 7 * 60 - 1, 7 * 60];
  assert.deepEqual(minutes.map((minute) => isNight(night, minute)), [false, true, true, true, false]);
});

test("a night of one day, and none", () => {
  assert.deepEqual([59, 60, 119, 120].map((minute) => isNight([60, 120], minute)), [false, true, true, false]);
  assert.equal(isNight(null, 0), false);
});

test("data are old after ninety days, and of an unknown day never", () => {
  const day = Date.UTC(2026, 0, 1) / 86_400_000;
  assert.deepEqual([isOld("2026-01-01", day + 90), isOld("2026-01-01", day + 91), isOld("", day + 1000)], [false, true, false]);
});
