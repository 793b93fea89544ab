// What stands in a tab's storage under our names may be anybody's: whatever it is, something sound comes of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { soundLeft } from "../../src/core/left";
import { noted } from "../../src/core/session";
import { soundView } from "../../src/core/views";

const NOTHING = { y: 0, rooms: {}, open: [], cards: {}, height: "", sort: "" };

test("what a page noted comes back", () => {
  const left = { y: 12.5, rooms: { ".list-body": 40 }, open: ["filters"], cards: { "find-list": 24 }, height: "half", sort: "near" };
  assert.deepEqual(soundLeft(JSON.parse(JSON.stringify(left))), left);
  assert.deepEqual(soundView({ lat: 31.3, lon: 121, zoom: 12.5 }), { lat: 31.3, lon: 121, zoom: 12.5 });
});

test("anything else is nothing", () => {
  for (const value of [undefined, null, 0, "", false]) assert.equal(soundLeft(value), null);
  for (const text of [
    "5", '"x"', "[]", "{}", "true", '{"y":"x","rooms":null,"open":7,"cards":"a","height":{},"sort":[]}', '{"y":-1,"rooms":[],"open":{"length":3},"cards":[]}',
    '{"y":null,"height":{"toString":1,"valueOf":1},"sort":{"__proto__":null}}', '{"__proto__":{"y":5}}',
  ]) assert.deepEqual(soundLeft(JSON.parse(text)), NOTHING, text);
  assert.deepEqual(soundLeft(JSON.parse('{"rooms":{"a":"x","b":1e999,"c":-1,"d":3}}'))!.rooms, { a: 0, b: 0, c: 0, d: 3 });
  for (const view of [null, 5, "x", [], {}, { lat: 31, lon: 121 }, { lat: "31", lon: "121", zoom: "5" }, { lat: NaN, lon: 121, zoom: 5 }, { lat: 91, lon: 0, zoom: 5 },
    { lat: 31, lon: -181, zoom: 5 }, { lat: 31, lon: 121, zoom: 1e9 }, { lat: 31, lon: Infinity, zoom: 5 }]) assert.equal(soundView(view), null, JSON.stringify(view));
});

test("a storage that is spoilt or denied holds nothing", () => {
  const scope = globalThis as unknown as { sessionStorage: { getItem(): string } };
  for (const text of ["", "null", "5", '"x"', "[]", "{", "undefined"]) {
    scope.sessionStorage = { getItem: () => text };
    assert.deepEqual(noted("x"), {}, text);
  }
  scope.sessionStorage = { getItem: () => { throw new Error("denied"); } };
  assert.deepEqual(noted("x"), {});
});
