import assert from "node:assert/strict";
import { test } from "node:test";
import type { Places, Points } from "../../../src/data/directory";
import { wgs84ToGcj02 } from "../../../src/data/geo";
import { boxAround, mapData, rowsNowhere, rowsWithin, shiftFor } from "../../../src/map/core/map-data";

const places: Places = {
  id: ["a", "b", "c", "d"],
  name: ["甲", "乙", "丙", "丁"],
  tier: [0, 1, 1, 4],
  town: [0, 1, 1, 2],
  towns: [
    { id: "jia", name: "甲镇", area: "x", lon: 121, lat: 31.3 },
    { id: "yi", name: "乙镇", area: "x", lon: null, lat: null },
    { id: "x", name: "样例", area: "x", lon: null, lat: null },
  ],
};
const points: Points = { lon: [121, 120.9, null, 120.8], lat: [31.3, 31.4, null, 31.2], precise: [1, 1, 0, 0], verified: ["", "", "", ""] };

test("rows within a box are those whose point lies in it, edges included", () => {
  const data = mapData(places, points, shiftFor("wgs84"));
  assert.deepEqual(rowsWithin(data, null, [120.9, 31.3, 121, 31.4]), [0, 1]);
  assert.deepEqual(rowsWithin(data, Uint8Array.of(0, 1, 1, 1), [120, 31, 122, 32]), [1, 3]);
  assert.deepEqual(rowsNowhere(data, null), [2]);
  assert.deepEqual(rowsNowhere(data, Uint8Array.of(1, 1, 0, 1)), []);
});

test("a box around rows leaves out what stands nowhere", () => {
  const data = mapData(places, points, shiftFor(undefined));
  assert.deepEqual(boxAround(data, [0, 2, 3]), [120.8, 31.2, 121, 31.3]);
  assert.equal(boxAround(data, [2]), null);
  assert.equal(boxAround(data, []), null);
});

test("under tiles in GCJ-02 places and towns move together, and back again exactly", () => {
  const shift = shiftFor("gcj02");
  const data = mapData(places, points, shift);
  const there = wgs84ToGcj02({ lon: 121, lat: 31.3 });
  assert.deepEqual([data.lon[0], data.lat[0]], [there.lon, there.lat]);
  assert.deepEqual([data.towns[0]!.lon, data.towns[0]!.lat], [there.lon, there.lat]);
  const back = shift.back(there);
  assert.ok(Math.abs(back.lon - 121) < 1e-9 && Math.abs(back.lat - 31.3) < 1e-9);
  assert.deepEqual(shiftFor("cgcs2000").there({ lon: 121, lat: 31.3 }), { lon: 121, lat: 31.3 });
});
