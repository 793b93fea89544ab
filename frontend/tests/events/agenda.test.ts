// What a day holds, in order, from the packed data.

import assert from "node:assert/strict";
import { test } from "node:test";
import { dayItems, gathered, namedOf, nearestFirst, soonest, unpackActivities, upcoming, type PackedActivities } from "../../src/events/agenda";
import { dayNumber, readCalendar } from "../../src/schedule/calendar";
import { readWhen } from "../../src/schedule/recurrence";
import { DAYS } from "../fixtures/days";

const calendar = readCalendar(DAYS);
const PACKED: PackedActivities = {
  row: "0032", // rows 0, 0, 3, 5
  name: "0121",
  when: "0120",
  place: "-0--",
  kind: "0---",
  names: ["理发", "读报", "扫地"],
  whens: ["w2,t840-960", "w2,t540", "w5,t1350-1500/c20261205"],
  places: ["大厅"],
  kinds: ["邻里"],
};
const at = (month: number, day: number, minute: number) => ({ day: dayNumber(2026, month, day), minute, calendar });
const WEDNESDAY = dayNumber(2026, 12, 2);

test("rows are unpacked, and columns that do not fit are refused", () => {
  const found = unpackActivities(PACKED);
  assert.deepEqual(found.map(({ row, name, place, kind }) => [row, name, place, kind]), [
    [0, "理发", "", "邻里"], [0, "读报", "大厅", ""], [3, "扫地", "", ""], [5, "读报", "", ""],
  ]);
  assert.throws(() => unpackActivities({ ...PACKED, kind: "0--" }));
  assert.throws(() => unpackActivities({ ...PACKED, text: "--" }));
  assert.deepEqual(unpackActivities({ ...PACKED, row: "", name: "", when: "", place: "", kind: "", whens: [] }), []);
  assert.equal(unpackActivities({ ...PACKED, whens: ["?", "w2", "w5"] }).length, 2);
});

test("a day is in the order of its hours, what is past last", () => {
  const told = (minute: number) =>
    dayItems(unpackActivities(PACKED), WEDNESDAY, at(12, 2, minute)).map(({ activity, stage }) => `${activity.row}${activity.name} ${stage}`);
  assert.deepEqual(told(500), ["0读报 ahead", "0理发 ahead", "5读报 ahead"]);
  assert.deepEqual(told(900), ["0读报 begun", "0理发 running", "5读报 running"]);
  assert.deepEqual(told(960), ["0读报 begun", "0理发 past", "5读报 past"]);
});

test("what is called off is passed over", () => {
  const saturdays = readWhen("w5,t1350-1500/c20261205")!;
  const { cancelled, next } = upcoming(saturdays, at(12, 4, 0));
  assert.deepEqual(cancelled.map(({ day }) => day), [dayNumber(2026, 12, 5)]);
  assert.equal(next!.day, dayNumber(2026, 12, 12));
  const single = upcoming(readWhen("D20261205/c20261205")!, at(12, 4, 0));
  assert.deepEqual([single.cancelled.length, single.next], [1, null]);
  assert.equal(upcoming(readWhen("e,t540-600+840-900/c20261204-20261206")!, at(12, 4, 0)).next!.day, dayNumber(2026, 12, 7));
});

test("the soonest come first", () => {
  const found = soonest(unpackActivities(PACKED), at(12, 3, 0), 2);
  assert.deepEqual(found.map(({ activity, occurrence }) => [activity.name, occurrence.day - WEDNESDAY]), [["读报", 7], ["理发", 7]]);
});
test("after a day only what has not been told by then", () => {
  const told = (after: number) => soonest(unpackActivities(PACKED), at(12, 3, 0), 9, WEDNESDAY + after).map(({ activity }) => activity.row);
  assert.deepEqual([told(6), told(7), told(9), told(10)], [[0, 0, 5, 3], [3], [3], []]);
});

/** Rows 0 to 5; the last two differ from the others in what is said, and in the hours. */
const ALIKE: PackedActivities = {
  row: "011111", name: "000000", when: "000001", place: "-01---", kind: "000000", text: "----0-",
  names: ["理发"], whens: ["w2,t840-960", "w2,t840-970"], places: ["大厅", "门口"], kinds: ["邻里"],
};
const rowsOf = (items: ReturnType<typeof gathered>) => items.map(({ places }) => places.map(({ row }) => row));

test("what differs in nothing but its place is one", () => {
  const items = dayItems(unpackActivities(ALIKE), WEDNESDAY, at(12, 2, 0));
  assert.deepEqual(rowsOf(gathered(items)), [[0, 1, 2, 3], [4], [5]]);
  for (const column of ["name", "kind"] as const) {
    const other = { ...ALIKE, [column]: "010000", names: ["理发", "剪发"], kinds: ["邻里", "学习"] };
    assert.deepEqual(rowsOf(gathered(dayItems(unpackActivities(other), WEDNESDAY, at(12, 2, 0)))), [[0, 2, 3], [1], [4], [5]], column);
  }
  const ended = { ...ALIKE, whens: ["w2,t840-960", "w2,u20261209,t840-960"] };
  assert.deepEqual(rowsOf(gathered(dayItems(unpackActivities(ended), WEDNESDAY, at(12, 2, 0)))), [[0, 1, 2, 3], [4], [5]]);
});

test("several times of a day are several", () => {
  const twice = { ...ALIKE, whens: ["w2,t540+840-960", "w2,t840-970"] };
  const found = gathered(dayItems(unpackActivities(twice), WEDNESDAY, at(12, 2, 0)));
  assert.deepEqual(found.map(({ occurrence, places }) => [occurrence.start, places.length]), [[540, 4], [540, 1], [840, 4], [840, 1], [840, 1]]);
});

test("the nearest first, what is past last, and what has no distance behind what has", () => {
  const metres = (row: number): number | null => [null, 700, 300, 900, 100, null][row]!;
  const ahead = gathered(dayItems(unpackActivities(ALIKE), WEDNESDAY, at(12, 2, 0)));
  assert.deepEqual(rowsOf(nearestFirst(ahead, metres)), [[4], [2, 1, 3, 0], [5]]);
  const late = gathered(dayItems(unpackActivities(ALIKE), WEDNESDAY, at(12, 2, 965)));
  assert.deepEqual(rowsOf(nearestFirst(late, metres)), [[5], [4], [2, 1, 3, 0]]);
  assert.deepEqual(rowsOf(ahead)[0], [0, 1, 2, 3]);
});

test("two are named where both fit a line", () => {
  assert.deepEqual(namedOf(["甲", "乙", "丙"]), ["甲", "乙"]);
  assert.deepEqual(namedOf(["一二三四五六七八九", "一二三四五六七八九"]).length, 2);
  assert.deepEqual(namedOf(["一二三四五六七八九十", "一二三四五六七八九"]).length, 1);
});
