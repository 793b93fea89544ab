// When activities take place: what is known of a day. Pure: no page, no clock of its own. It says the same as
// haitang/schedule/recurrence.py, which writes the text that is read here; tests/fixtures/recurrence.json holds both against one table.

import { dateOf, dayNumber, isPartly, weekdayOf, type Calendar } from "./calendar";
import type { Now } from "./opening-hours";

const DAY = 1440;
const AHEAD = 800; // days, from its first one on, in which the next time is looked for
export const FOREVER = Infinity;

/** Why it is not certain; `calendar`: its holidays are not announced yet. */
export type Doubt = "" | "holiday" | "worked" | "calendar";
type Stretch = [first: number, last: number];

export interface Rule {
  /** D days, R from one to another, e every day, w weekdays, m days of the month, n some of its weekdays, k working days. */
  kind: string;
  values: number[];
  /** Which of the month's weekdays or working days; -1 is the last. */
  nth: number[];
  interval: number;
  months: number[];
  first: number;
  last: number;
  holidays: string;
  times: { start: number; end: number | null }[];
}

export interface When {
  rules: Rule[];
  skipped: Stretch[];
  cancelled: Stretch[];
}

/** One time on one day; `start` is null where no hour is known. */
export interface Occurrence {
  day: number;
  start: number | null;
  end: number | null;
  doubt: Doubt;
  cancelled: boolean;
}

const read = new Map<string, When | null>();

/** The text of `data-when`; null where it is none. */
export function readWhen(data: string): When | null {
  let when = read.get(data);
  if (when === undefined) {
    try {
      when = data ? parsed(data) : null;
    } catch (error) {
      when = null;
    }
    read.set(data, when);
  }
  return when;
}

function parsed(data: string): When {
  const when: When = { rules: [], skipped: [], cancelled: [] };
  for (const part of data.split("/")) {
    if (part[0] === "x") when.skipped = stretches(part.slice(1));
    else if (part[0] === "c") when.cancelled = stretches(part.slice(1));
    else when.rules.push(readRule(part));
  }
  if (!when.rules.length) throw new Error(data);
  return when;
}

function readRule(text: string): Rule {
  const [days, ...fields] = text.split(",");
  const kind = days![0]!;
  if ("DRewmnk".indexOf(kind) < 0) throw new Error(text);
  const dated = kind === "D" || kind === "R";
  const values = list(days!.slice(1)).map((value) => (dated ? day(value) : number(value)));
  const rule: Rule = { kind, values, nth: [], interval: 1, months: [], first: -FOREVER, last: FOREVER, holidays: "", times: [] };
  for (const field of fields) readField(rule, field[0]!, field.slice(1));
  return rule;
}

function readField(rule: Rule, name: string, value: string): void {
  if (name === "n") rule.nth = list(value).map(number);
  else if (name === "i") rule.interval = number(value);
  else if (name === "m") rule.months = list(value).map(number);
  else if (name === "f") rule.first = day(value);
  else if (name === "u") rule.last = day(value);
  else if (name === "h") rule.holidays = value;
  else if (name === "t") rule.times = list(value).map(time);
  else throw new Error(name);
}

function list(text: string): string[] {
  return text ? text.split("+") : [];
}

function number(text: string): number {
  if (!/^-?\d{1,4}$/.test(text)) throw new Error(text);
  return Number(text);
}

function day(text: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)$/.exec(text);
  if (!match) throw new Error(text);
  return dayNumber(Number(match[1]), Number(match[2]), Number(match[3]));
}

function stretches(text: string): Stretch[] {
  return list(text).map((part) => {
    const [first, last] = part.split("-");
    return [day(first!), day(last || first!)];
  });
}

function time(text: string): { start: number; end: number | null } {
  const [start, end] = text.split("-");
  return { start: number(start!), end: end === undefined ? null : number(end) };
}

// --- a day ---

const MEETS: { [kind: string]: (rule: Rule, day: number, calendar: Calendar) => boolean } = {
  D: (rule, at) => rule.values.indexOf(at) >= 0,
  R: (rule, at) => rule.values[0]! <= at && at <= rule.values[1]!,
  e: () => true,
  w: (rule, at) => rule.values.indexOf(weekdayOf(at)) >= 0 && (weekOf(at) - weekOf(rule.first)) % rule.interval === 0,
  m: (rule, at) => rule.values.indexOf(dateOf(at).day) >= 0 || (rule.values.indexOf(-1) >= 0 && dateOf(at + 1).day === 1),
  n: (rule, at) => rule.values.indexOf(weekdayOf(at)) >= 0 && places(at).some((place) => rule.nth.indexOf(place) >= 0),
  k: (rule, at, calendar) => isWorkday(at, calendar) && (!rule.nth.length || rule.nth.some((nth) => isNth(at, nth, calendar))),
};

/** Weeks begin on Monday. A rule that holds every week has no first day to count from, and needs none. */
function weekOf(at: number): number {
  return at === -FOREVER ? 0 : (at + 3 - weekdayOf(at)) / 7;
}

/** Which one of its weekday in the month a day is, from the start and from the end. */
function places(at: number): number[] {
  const { day: number, month } = dateOf(at);
  let after = 0;
  while (dateOf(at + 7 * (after + 1)).month === month) after++;
  return [Math.floor((number + 6) / 7), -(after + 1)];
}

function isWorkday(at: number, calendar: Calendar): boolean {
  return calendar.worked.has(at) || (weekdayOf(at) < 5 && !calendar.off.has(at));
}

/** Whether a working day is this one of its month. */
function isNth(at: number, nth: number, calendar: Calendar): boolean {
  const { month } = dateOf(at);
  const step = nth > 0 ? -1 : 1;
  let between = 0;
  for (let other = at + step; dateOf(other).month === month; other += step) if (isWorkday(other, calendar)) between++;
  return between === Math.abs(nth) - 1;
}

function isNamed(rule: Rule): boolean {
  return rule.kind === "D" || rule.kind === "R";
}

function happens(rule: Rule, at: number, calendar: Calendar): boolean {
  if (at < rule.first || at > rule.last) return false;
  if (rule.months.length && rule.months.indexOf(dateOf(at).month) < 0) return false;
  if (!MEETS[rule.kind]!(rule, at, calendar)) return false;
  return !(rule.holidays === "off" && !isNamed(rule) && calendar.off.has(at));
}

function doubtOf(rule: Rule, at: number, calendar: Calendar): Doubt {
  if (isNamed(rule) || rule.holidays === "on") return "";
  if (isPartly(calendar, at)) return "holiday";
  if (rule.kind === "k" || rule.holidays === "off") return at > calendar.lastKnown ? "calendar" : "";
  if (calendar.off.has(at)) return "holiday";
  return calendar.worked.has(at) && weekdayOf(at) > 4 && (rule.kind === "w" || rule.kind === "n") ? "worked" : "";
}

function holds(list: Stretch[], at: number): boolean {
  return list.some(([first, last]) => first <= at && at <= last);
}

/** What takes place on a day, by its hours; what has none comes first. */
export function occurrencesOn(when: When, at: number, calendar: Calendar): Occurrence[] {
  if (holds(when.skipped, at)) return [];
  const cancelled = holds(when.cancelled, at);
  const found = new Map<string, Occurrence>();
  for (const rule of when.rules) {
    if (!happens(rule, at, calendar)) continue;
    const times: { start: number | null; end: number | null }[] = rule.times.length ? rule.times : [{ start: null, end: null }];
    for (const { start, end } of times) {
      const key = `${start}-${end}`;
      const doubt = doubtOf(rule, at, calendar);
      if (!found.has(key) || !doubt) found.set(key, { day: at, start, end, doubt, cancelled });
    }
  }
  return Array.from(found.values()).sort(byTime);
}

export function byTime(a: Occurrence, b: Occurrence): number {
  return a.day - b.day || order(a.start) - order(b.start) || (a.end || 0) - (b.end || 0);
}

function order(start: number | null): number {
  return start === null ? -1 : start;
}

/** After this day nothing takes place any more. */
export function lastDay(when: When): number {
  return Math.max(...when.rules.map((rule) => (isNamed(rule) ? Math.max(...rule.values) : rule.last)));
}

// --- a moment ---

export type Stage = "ahead" | "running" | "begun" | "past";

/** Where an occurrence stands at a moment; `begun`: it has begun, and nobody knows when it ends. A day without hours runs. */
export function stageOf({ day: at, start, end }: Occurrence, now: Now): Stage {
  const minute = (now.day - at) * DAY + now.minute;
  if (minute < (start || 0)) return "ahead";
  if (end !== null) return minute < end ? "running" : "past";
  if (minute >= DAY) return "past";
  return start === null ? "running" : "begun";
}

/** The next occurrence that is not past, one that is running included; null where there is none. */
export function nextOf(when: When, now: Now): Occurrence | null {
  const start = Math.max(now.day - 1, firstDay(when));
  const end = Math.min(lastDay(when), start + AHEAD);
  for (let at = start; at <= end; at++) {
    for (const one of occurrencesOn(when, at, now.calendar)) if (stageOf(one, now) !== "past") return one;
  }
  return null;
}

function firstDay(when: When): number {
  return Math.min(...when.rules.map((rule) => (isNamed(rule) ? Math.min(...rule.values) : rule.first)));
}

/** Nothing of it lies ahead. What repeats without an end is never over, nor is what goes on further than we look. */
export function isOver(when: When, now: Now): boolean {
  return lastDay(when) <= Math.max(now.day - 1, firstDay(when)) + AHEAD && !nextOf(when, now);
}
