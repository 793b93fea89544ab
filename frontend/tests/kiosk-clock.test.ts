// What depends on the clock alone: the shift against burn-in, the sides, the night, the age of the data.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isMirrored, shiftAt } from "../src/kiosk/attract/burn-in";
import { isNight, isOld } from "../src/kiosk/attract/night";

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 10, 24, 3, 0, 0);

test("every minute another place, at most four pixels away", () => {
  for (let minute = 0; minute < 20; minute++) {
    const [x, y] = shiftAt(NOW + minute * MINUTE);
    assert.ok(Math.abs(x) <= 4 && Math.abs(y) <= 4 && (x || y));
    assert.notDeepEqual(shiftAt(NOW + minute * MINUTE), shiftAt(NOW + (minute + 1) * MINUTE));
  }
});

test("every ten minutes the other side, also before 1970", () => {
  for (const moment of [NOW, -NOW, 0]) assert.notEqual(isMirrored(moment), isMirrored(moment + 10 * MINUTE));
  assert.ok(shiftAt(-NOW - 1).every((pixels) => Math.abs(pixels) <= 4));
});

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
