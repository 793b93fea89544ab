// The clock: Shanghai's time whatever the visitor's zone, and no state from a clock that cannot be right.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { dayNumber, dateOf } from "../../src/schedule/calendar";
import { isOld, nowInZone, nowOfPlans, today } from "../../src/schedule/clock";
import { DAYS } from "../fixtures/days";

const realNow = Date.now;
const ZONE = process.env["TZ"];

afterEach(() => {
  Date.now = realNow;
  if (ZONE === undefined) delete process.env["TZ"];
  else process.env["TZ"] = ZONE;
});

/** A page built on a day, looked at in a moment that is given with its own zone. */
function page(built: string | undefined, moment: string): void {
  const window = { HAITANG: { days: DAYS } };
  Object.assign(globalThis, { window, document: { documentElement: { dataset: built === undefined ? {} : { built } } } });
  Date.now = () => Date.parse(moment);
}

const MOMENTS: [moment: string, shanghai: string][] = [
  ["2026-11-23T00:59:59Z", "2026-11-23 08:59"],
  ["2026-11-23T15:59:59Z", "2026-11-23 23:59"],
  ["2026-11-23T16:00:00Z", "2026-11-24 00:00"],
  ["2026-11-23T12:00:00-05:00", "2026-11-24 01:00"],
  ["2026-12-31T16:00:00Z", "2027-01-01 00:00"],
  ["2027-02-28T16:00:00Z", "2027-03-01 00:00"],
];

for (const zone of ["America/New_York", "Europe/London", "Asia/Shanghai", "Pacific/Kiritimati"]) {
  test(`Shanghai's time, seen from ${zone}`, () => {
    process.env["TZ"] = zone;
    for (const [moment, expected] of MOMENTS) {
      page("2026-11-20", moment);
      const now = nowInZone()!;
      const { year, month, day } = dateOf(now.day);
      const two = (value: number): string => String(value).padStart(2, "0");
      assert.equal(`${year}-${two(month)}-${two(day)} ${two(Math.floor(now.minute / 60))}:${two(now.minute % 60)}`, expected);
    }
  });
}

test("the time of another zone, as the build writes it down", () => {
  for (const [moment, expected] of [["2026-03-08T06:59:00Z", 119], ["2026-03-08T07:00:00Z", 180]] as const) {
    page("2026-03-01", moment);
    Object.assign(window.HAITANG!, { zone: [[0, -300], [Date.parse("2026-03-08T07:00:00Z"), -240]] });
    assert.equal(nowInZone()!.minute, expected);
  }
});

test("today is the directory's, also where the clock cannot be right", () => {
  page("2026-11-23", "1999-12-31T15:59:59Z");
  assert.deepEqual(dateOf(today()), { year: 1999, month: 12, day: 31 });
  page(undefined, "1999-12-31T16:00:00Z");
  assert.deepEqual(dateOf(today()), { year: 2000, month: 1, day: 1 });
  Object.assign(window.HAITANG!, { zone: [[0, -300]] });
  assert.deepEqual(dateOf(today()), { year: 1999, month: 12, day: 31 });
});

/** `plans`: whether plans are foretold too. */
const CLOCKS: [built: string | undefined, moment: string, right: boolean, plans?: boolean][] = [
  ["2026-11-23", "2026-11-23T00:00:00+08:00", true],
  ["2026-11-23", "2026-11-22T23:59:59+08:00", false],
  ["2026-11-23", "2027-12-28T23:59:59+08:00", true], // 400 days after
  ["2026-11-23", "2027-12-29T00:00:00+08:00", true, false],
  ["2026-11-23", "1970-01-01T00:00:00Z", false],
  ["2026-11-23", "2032-11-27T23:59:59+08:00", true, false], // six years after
  ["2026-11-23", "2032-11-28T00:00:00+08:00", false],
  ["2026-11-23", "2099-01-01T00:00:00Z", false],
  ["", "2026-11-23T09:00:00+08:00", true, false],
  [undefined, "2026-11-23T09:00:00+08:00", true, false],
  ["gestern", "2026-11-23T09:00:00+08:00", true, false],
  ["2026-11", "2026-11-23T09:00:00+08:00", true, false],
  ["", "2040-11-23T09:00:00+08:00", true, false],
  ["", "1970-01-01T00:00:00Z", false],
  ["", "2025-12-31T23:59:59+08:00", false],
  ["", "2101-01-01T00:00:00+08:00", false],
];

for (const [built, moment, right, plans = right] of CLOCKS) {
  test(`a page of ${built} at ${moment} ${right ? "tells" : "does not tell"} the time`, () => {
    page(built, moment);
    assert.equal(nowInZone() !== null, right);
    assert.equal(nowOfPlans() !== null, plans);
  });
}

test("the calendar comes with the words", () => {
  page("2026-09-01", "2026-10-01T10:00:00+08:00");
  const { calendar } = nowInZone()!;
  assert.ok(calendar.off.has(dayNumber(2026, 10, 1)));
  assert.ok(!calendar.off.has(dayNumber(2026, 10, 8)));
  assert.ok(calendar.worked.has(dayNumber(2026, 10, 10)));
  assert.equal(calendar.lastKnown, dayNumber(2026, 12, 31));
});

test("data are old after four hundred days, whether or not the clock is believed", () => {
  const AGES: [built: string, moment: string, old: boolean][] = [
    ["2026-11-23", "2027-12-28T23:59:59+08:00", false],
    ["2026-11-23", "2027-12-29T00:00:00+08:00", true],
    ["2026-11-23", "2099-01-01T00:00:00Z", true],
    ["2026-11-23", "1970-01-01T00:00:00Z", false],
    ["", "2099-01-01T00:00:00Z", false],
  ];
  for (const [built, moment, old] of AGES) {
    page(built, moment);
    assert.equal(isOld(), old, `${built} ${moment}`);
  }
});
