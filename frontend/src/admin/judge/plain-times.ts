// Opening hours and times of activities where no server reads them: only the spelling that nobody can read in two ways. Whatever
// is taken here the reader of `check` takes too (tests/editors/test_form_rules.py); it takes much more than this. Pure.

import { inChinese } from "./english-times";

export interface TimeWords {
  every: string;
  week: string; // seven characters, Monday first
  longest: { hours: number; when: number };
}

const CLOCK = "(?:[01]?\\d|2[0-3]):[0-5]\\d";
const DAY = "周[一二三四五六日天]";
const DAYS = `每天|${DAY}(?:[至到-]${DAY}|(?:、${DAY})*)`;
const SPAN = `${CLOCK}[-至到]${CLOCK}`;
const CLAUSE = new RegExp(`^(${DAYS}):? ?(?:(${SPAN}(?:[,、] ?${SPAN})*)|(休息|闭馆|不开放))$`);
const HOLIDAYS = /^(?:法定)?节假日(?:休息|闭馆|不开放|照常开放)$/;
const ALL_DAY = /^(?:24小时|全天)(?:开放)?$/;
const WEEKLY = new RegExp(`^(?:每天|每?${DAY}(?:、${DAY})*|每月第[一二三四]个${DAY}) ?(${CLOCK})(?:[-至到](${CLOCK}))?$`);
const ON_DAYS = new RegExp(`^(\\d{4})-(\\d\\d)-(\\d\\d)(?: (${CLOCK})(?:-(${CLOCK}))?)?$`);
const EARLIEST = 6 * 60; // a time before is perhaps one of the afternoon

/** Whether a text of opening hours has but one reading. */
export function plainHours(text: string, words: TimeWords): boolean {
  if (text.length > words.longest.hours) return false;
  const plain = narrow(inChinese(text));
  if (ALL_DAY.test(plain)) return true;
  const clauses = plain.split(/ ?; ?/);
  if (clauses.length > 1 && HOLIDAYS.test(clauses[clauses.length - 1]!)) clauses.pop();
  const told = new Set<number>();
  let open = false;
  for (const clause of clauses) {
    const found = CLAUSE.exec(clause);
    const days = found && daysOf(found[1]!, words);
    if (!days || days.some((day) => told.has(day)) || (found[2] && !inOrder(found[2]))) return false;
    days.forEach((day) => told.add(day));
    open = open || Boolean(found[2]);
  }
  return open;
}

/** Whether the times of an activity have but one reading. */
export function plainWhen(text: string, words: TimeWords): boolean {
  const plain = narrow(text);
  if (text.length > words.longest.when) return false;
  const [, year, month, day, from, to] = ON_DAYS.exec(plain) ?? [];
  if (year) return isDay(Number(year), Number(month), Number(day)) && (!from || isSpan(from, to));
  const weekly = WEEKLY.exec(plain);
  const days = plain.match(new RegExp(DAY, "g")) ?? [];
  return Boolean(weekly) && new Set(days.map((name) => dayOf(name, words))).size === days.length && isSpan(weekly![1]!, weekly![2]);
}

export function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Full-width signs as the narrow ones, one kind of dash, and single blanks between what is one. */
function narrow(text: string): string {
  return text
    .replace(/[\uff10-\uff19\uff1a\uff0c\uff1b]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[–—~～－]/g, "-")
    .replace(/[ \u3000]+/g, " ")
    .replace(/ ?([-至到:,、]) ?/g, "$1")
    .trim();
}

function daysOf(text: string, words: TimeWords): number[] | undefined {
  if (text === words.every) return [0, 1, 2, 3, 4, 5, 6];
  const [first, last] = text.split(/[至到-]/);
  if (!last) {
    const days = text.split("、").map((name) => dayOf(name, words));
    return new Set(days).size === days.length ? days : undefined;
  }
  const [from, to] = [dayOf(first!, words), dayOf(last, words)];
  return from < to ? Array.from({ length: to - from + 1 }, (_, step) => from + step) : undefined;
}

function dayOf(name: string, words: TimeWords): number {
  return words.week.indexOf(name[name.length - 1]!.replace("天", "日"));
}

function inOrder(spans: string): boolean {
  let end = 0;
  return spans.split(/[,、] ?/).every((span, index) => {
    const [from, to] = span.split(/[-至到]/).map(minutes) as [number, number];
    const fits = from >= EARLIEST && from < to && (index === 0 || from > end);
    end = to;
    return fits;
  });
}

function isSpan(from: string, to: string | undefined): boolean {
  return minutes(from) >= EARLIEST && (to === undefined || minutes(from) < minutes(to));
}

function minutes(clock: string): number {
  const [hour, minute] = clock.split(":").map(Number) as [number, number];
  return hour * 60 + minute;
}
