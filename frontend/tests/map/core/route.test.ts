import assert from "node:assert/strict";
import { test } from "node:test";
import type { Places } from "../../../src/data/directory";
import type { MapData } from "../../../src/map/core/map-data";
import { partOf } from "../../../src/map/core/page-part";
import { drawn, lineOf, numbersOf, stopsOf } from "../../../src/map/core/route";

const places = { id: ["a", "b", "c", "d"], tier: [0, 0, 0, 0], town: [0, 0, 0, 0], towns: [] } as unknown as Places;
const data = {
  lon: Float64Array.of(1, 2, 3, 4), lat: Float64Array.of(5, 6, 7, 8), precise: Uint8Array.of(1, 1, 0, 1),
} as unknown as MapData;

function withRoutes(routes: object[] | undefined): void {
  (globalThis as { window?: unknown }).window = { HAITANG: routes && { routes: { routes } } };
}

test("a page's route is found by its id, and only where the page asks for one", () => {
  withRoutes([{ id: "x", stops: [3, 1] }, { id: "y", stops: [0, 1] }]);
  assert.deepEqual(stopsOf("route:x"), [3, 1]);
  assert.deepEqual(stopsOf("route:z"), []);
  assert.deepEqual(stopsOf("town:x"), []);
  assert.deepEqual([...partOf("route:x", places, null)], [0, 1, 0, 1]);
  withRoutes(undefined);
  assert.deepEqual(stopsOf("route:x"), []);
  assert.deepEqual([...partOf("route:x", places, null)], [0, 0, 0, 0]);
});

test("numbers are told in runs, a round trip twice", () => {
  const stops = [3, 1, 0, 2, 3];
  assert.equal(numbersOf(stops, [1]), "2");
  assert.equal(numbersOf(stops, [0, 1, 2]), "2–4");
  assert.equal(numbersOf(stops, [3]), "1·5");
  assert.equal(numbersOf(stops, [3, 1]), "1–2·5");
  assert.equal(numbersOf(stops, []), "");
});

test("the line joins neighbours that are both known better than to their town", () => {
  assert.deepEqual(lineOf([0, 1, 3], data), [[[1, 5], [2, 6]], [[2, 6], [4, 8]]]);
  assert.deepEqual(lineOf([0, 2, 1, 3], data), [[[2, 6], [4, 8]]]);
  assert.deepEqual(lineOf([2, 0], data), []);
});

test("stops known only to their town are drawn only where no stop is known better", () => {
  assert.deepEqual([...drawn(Uint8Array.of(1, 0, 1, 0), [0, 2], [1, 1, 0, 1])!], [1, 0, 0, 0]);
  assert.deepEqual([...drawn(Uint8Array.of(0, 0, 1, 0), [2], [1, 1, 0, 1])!], [0, 0, 1, 0]);
  assert.deepEqual([...drawn(Uint8Array.of(1, 0, 1, 0), [], [1, 1, 0, 1])!], [1, 0, 1, 0]);
  assert.equal(drawn(null, [], []), null);
});
