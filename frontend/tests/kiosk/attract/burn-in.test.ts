// What keeps a picture from burning in depends on the clock alone: the shift, the sides.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isMirrored, shiftAt } from "../../../src/kiosk/attract/burn-in";

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
