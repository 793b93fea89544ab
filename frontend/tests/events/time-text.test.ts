import assert from "node:assert/strict";
import { test } from "node:test";
import { dayText } from "../../src/events/time-text";
import { dayNumber, readCalendar } from "../../src/schedule/calendar";
import { DAYS } from "../fixtures/days";

const now = { day: dayNumber(2026, 12, 26), minute: 0, calendar: readCalendar(DAYS) };

test("a day of another year is told with its year", () => {
  const activities = { date: "{month}-{day}", weekday: "1234567".split(""), dateOfYear: "{year}-{date}" };
  (globalThis as { window?: object }).window = { HAITANG: { words: { activities } } };
  assert.equal(dayText(dayNumber(2026, 12, 31), now), "12-31");
  assert.equal(dayText(dayNumber(2029, 6, 1), now), "2029-6-1");
});
