// When a hall's own slide is shown: against a second reader, which lays all its minutes out one after the other.

import assert from "node:assert/strict";
import { test } from "node:test";
import { holdsAt, type Times } from "../../../src/kiosk/attract/slide-times";
import { readCalendar } from "../../../src/schedule/calendar";
import type { Now } from "../../../src/schedule/opening-hours";

const calendar = readCalendar(undefined);
const DAY = 86_400_000;

function at(text: string): Now {
  const moment = Date.parse(`${text}Z`);
  return { day: Math.floor(moment / DAY), minute: Math.floor((moment % DAY) / 60_000), calendar };
}

test("days count from the first to the last, both among them", () => {
  const told = { from: "2026-12-01", until: "2026-12-02" };
  const moments = ["2026-11-30T23:59", "2026-12-01T00:00", "2026-12-02T23:59", "2026-12-03T00:00"];
  assert.deepEqual(moments.map((moment) => holdsAt(told, at(moment))), [false, true, true, false]);
});

test("without a clock only what has no time is shown", () => {
  assert.equal(holdsAt({}, null), true);
  for (const told of [{ from: "2026-12-01" }, { until: "2099-12-01" }, { times: "0-1440|=|=|=|=|=|=" }]) assert.equal(holdsAt(told, null), false);
});

test("hours that cannot be read show nothing", () => {
  assert.equal(holdsAt({ times: "whenever" }, at("2026-12-01T10:00")), false);
});

test("a holiday that nobody told of keeps its weekday's hours", () => {
  const holidays = { ...calendar, off: new Set([at("2026-12-01T00:00").day]) };
  assert.equal(holdsAt({ times: "540-1020|=|=|=|=|=|=" }, { ...at("2026-12-01T10:00"), calendar: holidays }), true);
});

let seed = 20261201;
const dice = (sides: number): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed % sides;
};

/** Every minute of so many days, by the calendar of JavaScript and nothing of ours. */
function second({ from, until }: Times, week: readonly (readonly [number, number])[], moment: number): boolean {
  const day = new Date(moment).toISOString().slice(0, 10);
  if ((from && day < from) || (until && day > until)) return false;
  for (const back of [0, 1]) {
    const midnight = Date.parse(`${day}T00:00Z`) - back * DAY;
    const [start, end] = week[(new Date(midnight).getUTCDay() + 6) % 7]!;
    if (moment >= midnight + start * 60_000 && moment < midnight + end * 60_000) return true;
  }
  return false;
}

test("days and hours, over midnight too, as a second reader has them", () => {
  let shown = 0;
  for (let round = 0; round < 2_000; round++) {
    const week = Array.from({ length: 7 }, () => {
      const start = dice(1440);
      return [start, start + 1 + dice(1439)] as const;
    });
    const base = Date.parse("2026-12-20T00:00Z") + dice(40) * DAY;
    const date = (offset: number): string => new Date(base + offset * DAY).toISOString().slice(0, 10);
    const told: Times = { times: week.map((span) => span.join("-")).join("|") };
    if (dice(4)) told.from = date(dice(3) - 1);
    if (dice(4)) told.until = date(dice(4));
    const moment = base + (dice(5) - 2) * DAY + dice(1440) * 60_000;
    const expected = second(told, week, moment);
    assert.equal(holdsAt(told, at(new Date(moment).toISOString().slice(0, 16))), expected, JSON.stringify([told, new Date(moment)]));
    if (expected) shown++;
  }
  assert.ok(shown > 300 && shown < 1_700, String(shown));
});
