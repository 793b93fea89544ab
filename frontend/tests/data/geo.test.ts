// Distances, and the shift between coordinate systems as haitang/geo/coordinates.py computes it (tests/geo/test_frontend_table.py).

import assert from "node:assert/strict";
import { test } from "node:test";
import { gcj02ToWgs84, metresBetween, minutesOnFoot, wgs84ToGcj02 } from "../../src/data/geo";
import table from "../fixtures/geo-table.json";

const NEAR = 1e-9; // degrees; a tenth of a millimetre

test("GCJ-02 is what the site's own generator says", () => {
  for (const { wgs84, gcj02, back } of table.shifts) {
    const [lon, lat] = wgs84 as [number, number];
    const there = wgs84ToGcj02({ lon, lat });
    assert.ok(Math.abs(there.lon - gcj02[0]!) < NEAR && Math.abs(there.lat - gcj02[1]!) < NEAR, `${lon},${lat}`);
    const again = gcj02ToWgs84({ lon: gcj02[0]!, lat: gcj02[1]! });
    assert.ok(Math.abs(again.lon - back[0]!) < NEAR && Math.abs(again.lat - back[1]!) < NEAR, `${lon},${lat}`);
  }
});

test("metres are the generator's", () => {
  for (const { from, to, metres } of table.distances) {
    const found = metresBetween({ lon: from[0]!, lat: from[1]! }, { lon: to[0]!, lat: to[1]! });
    assert.ok(Math.abs(found - metres) < 1e-6 * Math.max(1, metres), `${found} ${metres}`);
  }
});

test("minutes on foot are rounded up and never none", () => {
  assert.deepEqual([0, 1, 75, 76, 650, 3000].map(minutesOnFoot), [1, 1, 1, 2, 9, 40]);
});
