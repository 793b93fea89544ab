import assert from "node:assert/strict";
import { test } from "node:test";
import { areFew, inCompany } from "../../../src/kiosk/cards/surroundings";

const at = (lon: number) => ({ lon, lat: 31 });
const row = (...lons: number[]) => lons.map(at);

test("a place alone is seen with the nearest towns", () => {
  assert.deepEqual(inCompany(row(121), row(120, 120.9, 121.2, 121.05, 122, 121.3)), row(121, 121, 121.05, 120.9, 121.2, 121.3));
});

test("what stands apart already needs no company", () => {
  const spots = row(120, 120.1, 120.2, 120.3, 120.4);
  assert.deepEqual(Math.max(...inCompany(spots, row(125)).map(({ lon }) => lon)), 120.4);
});

test("where there is nothing around, it is what there is", () => {
  assert.deepEqual(inCompany(row(121), row(121.5)), row(121, 121.5));
});

test("marks that lie on each other are one, and fewer than three are no map", () => {
  assert.equal(areFew(row(121, 121.001, 121.002, 121.5)), true);
  assert.equal(areFew(row(121, 121.2, 121.5)), false);
  assert.equal(areFew([]), true);
});
