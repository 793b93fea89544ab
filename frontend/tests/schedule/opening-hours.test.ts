// Opening hours: what is open at a moment, told from the data of a place and the calendar of 2026.

import assert from "node:assert/strict";
import { test } from "node:test";
import { dayNumber, readCalendar, weekdayOf } from "../../src/schedule/calendar";
import { clockTime, dayOf, readHours, stateOf, type Now, type State } from "../../src/schedule/opening-hours";
import { DAYS } from "../fixtures/days";

const CALENDAR = readCalendar(DAYS);

/** Days as `data-hours` has them: the same hours on the first days of a week, then the rest. */
function week(hours: string, count: number, ...rest: string[]): string {
  return [hours, ...Array<string>(count - 1).fill("="), ...rest].join("|");
}

const OFFICE = week("510-690+810-1020", 5, "", ""); // 08:30–11:30, 13:30–17:00, not at weekends
const EVERY_DAY = week("540-1020", 7);
const NIGHTS = week("1200-1560", 7); // 20:00–02:00
const ROUND_THE_CLOCK = week("0-1440", 7);
const SUMMER = week("510-1050", 7); // 08:30–17:30
const SEASONS = `0501-0930@us!${SUMMER}/1001-0430@us!${EVERY_DAY}`;

const HOURS = {
  // As the entries say it: what they say of public holidays, and what rules mean on a worked weekend.
  office: OFFICE,
  officeClosed: `c!${OFFICE}`,
  officeOpen: `os!${OFFICE}`,
  workdays: `cw!${OFFICE}|510-690+810-1020`,
  workdaysAndWeekends: `cccccuuw!${week("510-1020", 5, "540-720", "540-720", "510-1020")}`,
  everyDay: `us!${EVERY_DAY}`,
  everyDayClosed: `cs!${EVERY_DAY}`,
  everyDayOpen: `os!${EVERY_DAY}`,
  sundayShort: `usx!${week("540-1020", 6, "600-660")}`,
  museum: `os!${["", ...Array<string>(6).fill("540-1020")].join("|")}`, // closed on Mondays
  nights: `os!${NIGHTS}`,
  nightsClosed: `cs!${NIGHTS}`,
  nightsUnknown: `us!${NIGHTS}`,
  always: `os!${ROUND_THE_CLOCK}`,
  alwaysUnlessHoliday: `cs!${ROUND_THE_CLOCK}`,
  alwaysUnknown: `us!${ROUND_THE_CLOCK}`,
  mondayOnly: "0-1440||||||",
  never: "os!||||||",
  seasons: SEASONS,
  seasonsOpen: SEASONS.replace(/u/g, "o"),
  summerOnly: `0501-0930@os!${SUMMER}`,
  summerNights: `0501-0930@os!${NIGHTS}/1001-0430@os!${EVERY_DAY}`,
  summerRound: `0501-0930@os!${ROUND_THE_CLOCK}`,
  // Holidays with hours of their own, on all days or some; days that differ by their date.
  holidayHours: `hs!${EVERY_DAY}|600-780`,
  holidayHoursWorkdays: `hw!${OFFICE}|510-690+810-1020|600-780`,
  holidayMonday: `hoooooo!${["", ...Array<string>(6).fill("540-1020")].join("|")}|540-1020`,
  august: `us!${EVERY_DAY}/x0801-0831@`,
  nationalDay: `os!${EVERY_DAY}/x1001-1003@`,
  longEvenings: `cs!${EVERY_DAY}/x0920-1005@540-1200`,
  longEveningsUnsure: `${OFFICE}/x0920-1010@540-1200`,
  longEveningsHours: `hs!${EVERY_DAY}|600-780/x0920-1005@540-1200`,
  newYear: `os!${EVERY_DAY}/x1230-0102@600-900/x0103-0103@`,
  eveNights: `os!${NIGHTS}/x1231-1231@`,
  twoStretches: `0101-0228,0701-0831@os!${SUMMER}/0301-0630,0901-1231@os!${EVERY_DAY}`,
};

function at(when: string): Now {
  const [, year, month, day, hour, minute] = /^(\d+)-(\d+)-(\d+) (\d+):(\d+)$/.exec(when)!.map(Number);
  return { day: dayNumber(year!, month!, day!), minute: hour! * 60 + minute!, calendar: CALENDAR };
}

/** A state in short: `open 11:30`, `closed +1 08:30`, `unsure holiday`; `*` where holidays are not announced. */
function short(state: State): string {
  if (state.kind === "unknown") return "unknown";
  if (state.kind === "unsure") return `unsure ${state.reason}`;
  const note = state.noted ? " *" : "";
  if (state.kind === "always") return `always${note}`;
  if (state.kind !== "closed") return `${state.kind} ${state.until === null ? "?" : clockTime(state.until)}${note}`;
  return state.next ? `closed +${state.next.inDays} ${clockTime(state.next.minute)}${note}` : `closed${note}`;
}

// 2026-11-23 is a Monday. Off: 1–3 January, 15–23 February, 4–6 April, 1–5 May, 19–21 June, 25–27 September, 1–7 October.
// Worked: Sunday 4 January, Saturdays 14 and 28 February, 9 May, Sunday 20 September, Saturday 10 October.
const ROWS: [when: string, hours: keyof typeof HOURS, expected: string][] = [
  // An ordinary week, with the break at noon.
  ["2026-11-23 08:29", "office", "closed +0 08:30"],
  ["2026-11-23 08:30", "office", "open 11:30"],
  ["2026-11-23 10:59", "office", "open 11:30"],
  ["2026-11-23 11:00", "office", "closing 11:30"],
  ["2026-11-23 11:29", "office", "closing 11:30"],
  ["2026-11-23 11:30", "office", "closed +0 13:30"],
  ["2026-11-23 13:30", "office", "open 17:00"],
  ["2026-11-23 16:30", "office", "closing 17:00"],
  ["2026-11-23 17:00", "office", "closed +1 08:30"],
  ["2026-11-27 17:00", "office", "closed +3 08:30"],
  ["2026-11-28 12:00", "office", "closed +2 08:30"],
  ["2026-11-29 12:00", "office", "closed +1 08:30"],
  ["2026-11-23 22:00", "mondayOnly", "open 24:00"],
  ["2026-11-23 23:45", "mondayOnly", "closing 24:00"],
  ["2026-11-24 00:00", "mondayOnly", "closed +6 00:00"],
  ["2026-11-22 22:00", "mondayOnly", "closed +1 00:00"],
  ["2026-11-23 09:00", "never", "closed"],
  ["2026-11-23 12:00", "museum", "closed +1 09:00"],
  // Over midnight.
  ["2026-11-23 01:15", "nights", "open 02:00"],
  ["2026-11-23 01:45", "nights", "closing 02:00"],
  ["2026-11-23 02:00", "nights", "closed +0 20:00"],
  ["2026-11-23 23:59", "nights", "open 02:00"],
  ["2026-11-23 03:00", "always", "always"],
  // National Day, 1–7 October: what the entry says of public holidays decides.
  ["2026-10-01 10:00", "office", "unsure holiday"],
  ["2026-10-01 10:00", "officeClosed", "closed +7 08:30"],
  ["2026-10-01 10:00", "officeOpen", "open 11:30"],
  ["2026-10-01 10:00", "workdays", "closed +7 08:30"],
  ["2026-10-01 10:00", "everyDay", "unsure holiday"],
  ["2026-10-01 10:00", "everyDayClosed", "closed +7 09:00"],
  ["2026-10-01 10:00", "everyDayOpen", "open 17:00"],
  ["2026-10-01 10:00", "always", "always"],
  ["2026-10-01 10:00", "alwaysUnlessHoliday", "closed +7 00:00"],
  ["2026-09-30 18:00", "officeClosed", "closed +8 08:30"],
  ["2026-09-30 18:00", "officeOpen", "closed +1 08:30"],
  // What comes after a day nobody can tell would be a guess.
  ["2026-09-30 18:00", "office", "closed"],
  ["2026-09-30 18:00", "everyDay", "closed"],
  ["2026-10-07 18:00", "everyDayClosed", "closed +1 09:00"],
  ["2026-10-08 09:00", "office", "open 11:30"],
  // The eve: open until midnight, and beyond it only where that is known.
  ["2026-09-30 23:45", "alwaysUnlessHoliday", "closing 24:00"],
  ["2026-09-30 23:45", "alwaysUnknown", "open ?"],
  ["2026-09-30 12:00", "alwaysUnlessHoliday", "open 24:00"],
  ["2026-09-29 12:00", "alwaysUnlessHoliday", "open ?"], // a time alone is understood as the next such time
  ["2026-10-01 00:30", "nightsClosed", "open 02:00"],
  ["2026-10-01 21:00", "nightsClosed", "closed +7 20:00"],
  ["2026-10-02 01:00", "nightsClosed", "closed +6 20:00"],
  ["2026-10-08 01:00", "nightsClosed", "closed +0 20:00"],
  ["2026-10-01 01:45", "nightsUnknown", "closing 02:00"],
  ["2026-10-01 02:00", "nightsUnknown", "unsure holiday"],
  ["2026-10-08 01:00", "nightsUnknown", "unsure night"],
  ["2026-10-08 02:00", "nightsUnknown", "closed +0 20:00"],
  // The Spring Festival, 15–23 February, between two worked Saturdays.
  ["2026-02-13 18:00", "workdays", "closed +1 08:30"],
  ["2026-02-14 09:00", "workdays", "open 11:30"],
  ["2026-02-14 09:00", "office", "unsure worked"],
  ["2026-02-14 09:00", "officeClosed", "unsure worked"],
  ["2026-02-14 09:00", "officeOpen", "closed +2 08:30"],
  ["2026-02-14 10:00", "everyDay", "open 17:00"],
  ["2026-02-14 17:00", "workdays", "closed +10 08:30"],
  ["2026-02-14 17:00", "everyDayOpen", "closed +1 09:00"],
  ["2026-02-17 10:00", "workdays", "closed +7 08:30"],
  ["2026-02-24 08:30", "workdays", "open 11:30"],
  ["2026-02-28 13:00", "workdays", "closed +0 13:30"],
  ["2026-02-28 18:00", "workdays", "closed +2 08:30"],
  // Workdays and weekends in one text: each holiday falls under the rule of its own weekday.
  ["2026-10-02 10:00", "workdaysAndWeekends", "closed"],
  ["2026-10-03 10:00", "workdaysAndWeekends", "unsure holiday"],
  ["2026-10-10 16:00", "workdaysAndWeekends", "open 17:00"],
  ["2026-10-17 10:00", "workdaysAndWeekends", "open 12:00"],
  // Sundays that are worked.
  ["2026-09-20 10:00", "sundayShort", "unsure worked"],
  ["2026-02-14 10:00", "sundayShort", "open 17:00"],
  ["2026-09-20 10:00", "workdays", "open 11:30"],
  ["2026-01-04 10:00", "everyDayClosed", "open 17:00"],
  // Seasons, and nights and holidays over their edges.
  ["2026-09-30 17:15", "seasons", "closing 17:30"],
  ["2026-10-08 16:45", "seasons", "closing 17:00"],
  ["2026-09-30 18:00", "seasonsOpen", "closed +1 09:00"],
  ["2026-10-01 08:45", "seasonsOpen", "closed +0 09:00"],
  ["2026-12-31 18:00", "seasonsOpen", "closed +1 09:00"],
  ["2026-01-15 10:00", "seasons", "open 17:00"],
  ["2026-04-30 18:00", "seasonsOpen", "closed +1 08:30"],
  ["2026-10-01 01:00", "summerNights", "open 02:00"],
  ["2026-10-01 02:00", "summerNights", "closed +0 09:00"],
  ["2026-10-02 01:00", "summerNights", "closed +0 09:00"],
  ["2026-11-23 10:00", "summerOnly", "unsure season"],
  ["2026-09-30 18:00", "summerOnly", "closed"],
  ["2026-04-30 23:00", "summerOnly", "unsure season"],
  ["2026-09-30 23:45", "summerRound", "open ?"],
  ["2026-02-28 18:00", "twoStretches", "closed +1 09:00"],
  ["2026-08-31 17:15", "twoStretches", "closing 17:30"],
  ["2026-12-31 18:00", "twoStretches", "closed +1 08:30"],
  // Holidays with hours of their own.
  ["2026-10-01 10:30", "holidayHours", "open 13:00"],
  ["2026-10-01 13:00", "holidayHours", "closed +1 10:00"],
  ["2026-10-07 13:00", "holidayHours", "closed +1 09:00"],
  ["2026-10-10 16:00", "holidayHours", "open 17:00"],
  ["2026-10-03 12:00", "holidayHoursWorkdays", "open 13:00"],
  ["2026-10-10 16:00", "holidayHoursWorkdays", "open 17:00"],
  ["2026-10-11 10:00", "holidayHoursWorkdays", "closed +1 08:30"],
  ["2026-10-05 10:00", "holidayMonday", "open 17:00"],
  ["2026-10-12 10:00", "holidayMonday", "closed +1 09:00"],
  // Days that differ by their date.
  ["2026-07-31 18:00", "august", "closed"],
  ["2026-08-15 10:00", "august", "closed"],
  ["2026-08-31 18:00", "august", "closed +1 09:00"],
  ["2026-10-02 10:00", "nationalDay", "closed +2 09:00"],
  ["2026-10-04 10:00", "nationalDay", "open 17:00"],
  ["2026-09-20 19:00", "longEvenings", "open 20:00"],
  ["2026-09-25 19:00", "longEvenings", "closed +3 09:00"],
  ["2026-09-28 19:00", "longEvenings", "open 20:00"],
  ["2026-09-20 10:00", "longEveningsUnsure", "open 20:00"],
  ["2026-10-10 10:00", "longEveningsUnsure", "open 20:00"],
  ["2026-10-01 10:00", "longEveningsUnsure", "unsure holiday"],
  ["2026-10-01 10:30", "longEveningsHours", "open 13:00"],
  ["2026-12-31 16:00", "newYear", "closed +1 10:00"],
  ["2027-01-02 14:45", "newYear", "closing 15:00"],
  ["2027-01-02 15:00", "newYear", "closed +2 09:00"],
  ["2026-12-31 01:00", "eveNights", "open 02:00"],
  ["2026-12-31 21:00", "eveNights", "closed +1 20:00"],
  ["2027-01-01 01:00", "eveNights", "closed +0 20:00"],
  // After the last known year: told as on any day, with the note wherever holidays would matter.
  ["2026-12-31 16:45", "everyDayClosed", "closing 17:00"],
  ["2026-12-31 18:00", "everyDayClosed", "closed +1 09:00 *"],
  ["2027-01-01 10:00", "everyDayClosed", "open 17:00 *"],
  ["2027-01-01 10:00", "office", "open 11:30 *"],
  ["2027-10-03 10:00", "workdays", "closed +1 08:30 *"],
  ["2027-01-01 10:00", "everyDayOpen", "open 17:00"],
  ["2027-02-06 10:00", "always", "always"],
  ["2027-02-06 10:00", "holidayHours", "open 17:00 *"],
  ["2027-08-15 10:00", "august", "closed"],
  ["2027-08-25 10:00", "august", "closed +7 09:00 *"],
  ["2027-09-25 10:00", "longEvenings", "open 20:00 *"],
];

for (const [when, hours, expected] of ROWS) {
  test(`${when} ${hours}: ${expected}`, () => assert.equal(short(stateOf(HOURS[hours], at(when))), expected));
}

test("there are enough rows", () => assert.ok(ROWS.length >= 60));

test("the next opening knows its date and weekday", () => {
  const state = stateOf(HOURS.workdays, at("2026-10-01 10:00"));
  assert.deepEqual(state.kind === "closed" && state.next, { inDays: 7, minute: 510, weekday: 3, month: 10, day: 8 });
});

const UNREADABLE = [
  "", "待核实", "510-690", "510-690|510-690", "690-510||||||", "510-510||||||", "x-y||||||", "z!||||||", "uw!||||||",
  "us!|||||||", "1301@", "51-930@||||||", "0501-0930@", "||||||/", "<b>||||||",
  "h!||||||", "hw!|||||||", "o!|||||||540-600", "x0801-0831@", "x0801-0831@/||||||", "||||||/x0801@", "||||||/x0801-0831", "||||||/x0801-0831@5",
  "||||||/x0801-0831@/||||||",
];

for (const data of UNREADABLE) {
  test(`nothing is claimed from ${JSON.stringify(data)}`, () => assert.equal(stateOf(data, at("2026-11-23 10:00")).kind, "unknown"));
}

test("without a calendar every day is an ordinary one, and says so", () => {
  const now = { ...at("2026-10-01 10:00"), calendar: readCalendar(undefined) };
  assert.equal(short(stateOf(HOURS.everyDay, now)), "open 17:00 *");
});

test("weekdays", () => {
  assert.equal(weekdayOf(dayNumber(2026, 11, 23)), 0);
  assert.equal(weekdayOf(dayNumber(1969, 12, 28)), 6);
});

// Every minute of a year, told day by day into one long strip, must be what stateOf says of it.

const FROM = dayNumber(2026, 1, 5);
const COUNT = dayNumber(2026, 12, 10) - FROM;
const [CLOSED, OPEN, UNSURE] = [0, 1, 2];

function strip(data: string): Uint8Array {
  const hours = readHours(data)!;
  const minutes = new Uint8Array((COUNT + 20) * 1440);
  const fill = (day: number, start: number, end: number, value: number): void => {
    const from = Math.max(0, day * 1440 + start);
    minutes.fill(value, from, Math.max(from, day * 1440 + end));
  };
  for (let day = -1; day < COUNT + 19; day++) {
    const { unsure, usual } = dayOf(hours, FROM + day, CALENDAR);
    if (unsure) fill(day, 0, 1440, UNSURE);
    if (unsure) for (const [start, end] of usual) fill(day, start, end, UNSURE);
  }
  for (let day = -1; day < COUNT + 19; day++) {
    for (const [start, end] of dayOf(hours, FROM + day, CALENDAR).spans) fill(day, start, end, OPEN);
  }
  return minutes;
}

/** For every minute the next one that is told otherwise. */
function changesOf(minutes: Uint8Array): Int32Array {
  const changes = new Int32Array(minutes.length).fill(minutes.length);
  for (let at = minutes.length - 2; at >= 0; at--) changes[at] = minutes[at] === minutes[at + 1] ? changes[at + 1]! : at + 1;
  return changes;
}

function check(state: State, minutes: Uint8Array, place: number, change: number, today: number): void {
  const kind = state.kind === "closed" ? CLOSED : state.kind === "unsure" ? UNSURE : OPEN;
  assert.equal(kind, minutes[place]);
  if (state.kind === "open" || state.kind === "closing") {
    if (state.until === null) assert.ok(minutes[change] === UNSURE || change - place > 1440);
    else assert.equal(today + state.until, change);
    assert.equal(state.kind === "closing", state.until !== null && change - place <= 30);
  } else if (state.kind === "always") {
    assert.ok(change - place > 6 * 1440);
  } else if (state.kind === "closed" && state.next) {
    assert.equal(minutes[change], OPEN);
    assert.equal(today + state.next.inDays * 1440 + state.next.minute, change);
  } else if (state.kind === "closed") {
    assert.ok(change === minutes.length || minutes[change] === UNSURE || change - place > 14 * 1440);
  }
}

for (const [name, data] of Object.entries(HOURS)) {
  test(`a whole year of ${name}, minute by minute`, () => {
    const minutes = strip(data);
    const changes = changesOf(minutes);
    for (let place = 0; place < COUNT * 1440; place += 17) {
      const day = Math.floor(place / 1440);
      const state = stateOf(data, { day: FROM + day, minute: place % 1440, calendar: CALENDAR });
      check(state, minutes, place, changes[place]!, day * 1440);
    }
  });
}

test("a day as the day before is the same in both ways of writing; on the first there is none before", () => {
  const whole = Array<string>(7).fill("540-1020").join("|");
  assert.deepEqual(readHours(`us!${EVERY_DAY}`), readHours(`us!${whole}`));
  assert.deepEqual(readHours("||||1080-1560|=|")!.seasons[0]!.days[5], [[1080, 1560]]);
  for (const nonsense of ["=|=|=|=|=|=|=", "=", "540-1020|==|=|=|=|=|=", "540-1020=|||||||"]) assert.equal(readHours(nonsense), null, nonsense);
});

test("on a day that is off in a part of the country nothing is claimed that a holiday would change", () => {
  const day = dayNumber(2026, 11, 30); // a Monday
  const now: Now = { day, minute: 600, calendar: { ...CALENDAR, partly: new Set([day]) } };
  for (const hours of [OFFICE, `c!${OFFICE}`]) assert.deepEqual(stateOf(hours, now), { kind: "unsure", reason: "part" }, hours);
  assert.equal(stateOf(`os!${OFFICE}`, now).kind, "open");
  assert.equal(stateOf(`c!${OFFICE}`, { ...now, day: day + 1 }).kind, "open");
  const closed = `c!||540-1020|=|=||`; // Mondays are days of rest anyway
  assert.deepEqual(stateOf(closed, now).kind, "closed");
});
