import assert from "node:assert/strict";
import { test } from "node:test";
import { placesText, roomsText, rowsOf } from "../../src/events/place-text";
import type { Activity } from "../../src/events/agenda";

const NAMES = ["甲站", "乙站", "很长很长很长很长很长的名称", "丁站"];

function held(...told: [row: number, place: string][]): Activity[] {
  return told.map(([row, place]) => ({ row, place, name: "理发", kind: "", text: -1 }) as unknown as Activity);
}

test("many places are told by how many they are, and the first by name", () => {
  const activities = { places: "{count}:{names}", placesMore: "{count}:{names}…" };
  (globalThis as { window?: object }).window = { HAITANG: { words: { activities, map: { separator: "、" } } } };
  assert.equal(placesText([0, 1], NAMES), "2:甲站、乙站");
  assert.equal(placesText([3, 0], NAMES), "2:丁站、甲站");
  assert.equal(placesText([0, 1, 3], NAMES), "3:甲站、乙站…");
  assert.equal(placesText([2, 1], NAMES), "2:很长很长很长很长很长的名称、乙站");
  assert.equal(placesText([2, 2 - 1, 0], [NAMES[0]!, `${NAMES[2]!}一二三四`, NAMES[2]!]), "3:很长很长很长很长很长的名称…");
});

test("a place and a room are told once", () => {
  const places = held([3, "大厅"], [1, ""], [3, "大厅"], [3, "二楼"]);
  assert.deepEqual(rowsOf({ places }), [3, 1]);
  assert.equal(roomsText(places), "大厅、二楼");
  assert.equal(roomsText(held([1, ""])), "");
});
