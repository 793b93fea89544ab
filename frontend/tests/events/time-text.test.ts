import assert from "node:assert/strict";
import { test } from "node:test";
import { dayText } from "../../src/events/time-text";
import { dayNumber, readCalendar } from "../../src/schedule/calendar";
import { DAYS } from "../fixtures/days";

const now = { day: dayNumber(2026, 12, 26), minute: 0, calendar: readCalendar(DAYS) };

test("a day of another year is told with its year", () => {
  const activities = { date: "{month}-{day}", weekday: "1234567".split(""), dateOfYear: "{year}-{date}" };
  (globalThis as { window?: object }).window = { HAITANG: { words: { activities, months: Array.from({ length: 12 }, (_, at) => String(at + 1)) } } };
  assert.equal(dayText(dayNumber(2026, 12, 31), now), "12-31");
  assert.equal(dayText(dayNumber(2029, 6, 1), now), "2029-6-1");
});

test("a month is called as its language calls it", () => {
  const activities = { date: "{weekday} {day} {month}", weekday: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] };
  const months = "Jan Feb Mar Apr May June July Aug Sept Oct Nov December".split(" ");
  (globalThis as { window?: object }).window = { HAITANG: { words: { activities, months } } };
  assert.equal(dayText(dayNumber(2026, 12, 31), now), "Thu 31 December");
});
