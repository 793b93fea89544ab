// The browser tells the days that the generator tells: fixtures/recurrence.json is made by tests/schedule/test_recurrence.py.

import assert from "node:assert/strict";
import { test } from "node:test";
import { dayNumber, readCalendar, type SpecialDays } from "../../src/schedule/calendar";
import { isOver, lastDay, nextOf, occurrencesOn, readWhen, stageOf, type Occurrence } from "../../src/schedule/recurrence";
import table from "../fixtures/recurrence.json";

const calendar = readCalendar(table.days as SpecialDays);
const FIRST = dayNumber(2026, 1, 1);
const LAST = dayNumber(2027, 12, 31);

function told({ day, start, end, doubt, cancelled }: Occurrence): string {
  const hours = start === null ? "" : `@${start}${end === null ? "" : `-${end}`}`;
  return `${day - FIRST}${hours}${doubt ? `!${doubt[0]}` : ""}${cancelled ? "-" : ""}`;
}

test("two years of every rule are the generator's", () => {
  assert.ok(table.rows.length >= 80);
  for (const [data, expected] of table.rows) {
    const when = readWhen(data!);
    assert.ok(when, data);
    const found: string[] = [];
    for (let day = FIRST; day <= LAST; day++) found.push(...occurrencesOn(when, day, calendar).map(told));
    assert.equal(found.join(" "), expected, data);
  }
});

test("what is no rule is nothing", () => {
  for (const text of ["", "q", "w2,z3", "D2026", "D20261205,tx", "x20261205", "w2/", "w2,t840-", "e,i", "<b>"]) {
    assert.equal(readWhen(text), null, text);
  }
});

const at = (month: number, day: number, minute: number) => ({ day: dayNumber(2026, month, day), minute, calendar });

test("an occurrence is ahead, running, begun or past", () => {
  const one = (start: number | null, end: number | null): Occurrence =>
    ({ day: dayNumber(2026, 12, 5), start, end, doubt: "", cancelled: false });
  assert.equal(stageOf(one(840, 960), at(12, 5, 839)), "ahead");
  assert.equal(stageOf(one(840, 960), at(12, 5, 840)), "running");
  assert.equal(stageOf(one(840, 960), at(12, 5, 960)), "past");
  assert.equal(stageOf(one(840, null), at(12, 5, 1439)), "begun");
  assert.equal(stageOf(one(840, null), at(12, 6, 0)), "past");
  assert.equal(stageOf(one(null, null), at(12, 5, 0)), "running");
  assert.equal(stageOf(one(null, null), at(12, 4, 1439)), "ahead");
  assert.equal(stageOf(one(1320, 1500), at(12, 6, 59)), "running");
  assert.equal(stageOf(one(1320, 1500), at(12, 6, 60)), "past");
});

test("the next time, and what is over", () => {
  const weekly = readWhen("w2,t840-960")!;
  assert.equal(nextOf(weekly, at(12, 2, 900))!.day, dayNumber(2026, 12, 2));
  assert.equal(nextOf(weekly, at(12, 2, 960))!.day, dayNumber(2026, 12, 9));
  assert.equal(isOver(weekly, at(12, 2, 960)), false);
  const single = readWhen("D20261205,t840-960")!;
  assert.equal(isOver(single, at(12, 5, 959)), false);
  assert.equal(isOver(single, at(12, 5, 960)), true);
  assert.equal(isOver(readWhen("R20261205+20261208")!, at(12, 8, 1439)), false);
  assert.equal(isOver(readWhen("R20261205+20261208")!, at(12, 9, 0)), true);
  assert.equal(isOver(readWhen("w2,u20261130,t840")!, at(11, 26, 0)), true);
  assert.equal(nextOf(readWhen("m29,m2")!, at(12, 1, 0))!.day, dayNumber(2028, 2, 29));
  assert.equal(lastDay(weekly), Infinity);
});

test("what is far away is not over", () => {
  for (const data of ["D20290601,t540", "R20290601+20290603", "w2,f20290601,u20290630,t840", "D20261201+20290601"]) {
    assert.equal(isOver(readWhen(data)!, at(12, 26, 0)), false, data);
  }
  assert.equal(nextOf(readWhen("D20290601,t540")!, at(12, 26, 0))!.day, dayNumber(2029, 6, 1));
  assert.equal(isOver(readWhen("D20261201+20261202")!, at(12, 26, 0)), true);
});
