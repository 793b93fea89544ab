// Opening hours: what is open at a moment. Pure: no page, no clock of its own, so that it can be tested by itself. It claims
// nothing that the data does not say: a day that cannot be told is "unsure", and what comes after it is not foretold.

import { dateOf, isPartly, readStretches, weekdayOf, type Calendar } from "./calendar";

const DAY = 1440;
const CLOSING = 30; // minutes before the end from which it is "closing"
const AHEAD = 14; // days in which the next opening is looked for
const WEEK = 6 * DAY; // open for longer than this is open always

export type Span = [start: number, end: number];

/** A part of the year; README.md has the grammar it is read from. */
export interface Season {
  /** First and last days as month * 100 + day; empty: the whole year. */
  dates: [number, number][];
  /** A letter a weekday, for public holidays: closed, open as usual, hours of their own, unknown. */
  holidays: string;
  /** A letter for Saturday and for Sunday when they are worked: the same, as a workday, x for unknown. */
  worked: string;
  /** Seven days, Monday first, and behind them the hours of a workday where rules speak of workdays. */
  days: Span[][];
  /** What holds on holidays that have hours of their own. */
  holidayHours: Span[];
}

/** Days of every year that differ from their weekday. */
export interface DatedHours {
  dates: [number, number];
  /** Empty: closed. */
  spans: Span[];
}

/** The whole of `data-hours`. */
export interface Hours {
  seasons: Season[];
  exceptions: DatedHours[];
}

/** A moment in Shanghai. */
export interface Now {
  /** Days since 1970-01-01. */
  day: number;
  minute: number;
  calendar: Calendar;
}

/** `part`: it is off in a part of the country. */
export type Reason = "holiday" | "part" | "worked" | "season" | "night";

export interface Opening {
  /** 0 is today. */
  inDays: number;
  /** Of that day. */
  minute: number;
  /** 0 is Monday. */
  weekday: number;
  month: number;
  day: number;
}

/** `noted`: it depends on public holidays that are not announced yet. */
export type State =
  | { kind: "unknown" }
  | { kind: "unsure"; reason: Reason }
  | { kind: "always"; noted: boolean }
  /** `until`: minutes after today's midnight; null where the end is not known, or more than a day away. */
  | { kind: "open"; until: number | null; noted: boolean }
  | { kind: "closing"; until: number; noted: boolean }
  | { kind: "closed"; next: Opening | null; noted: boolean };

/** What is known of a whole day. `usual`: what its weekday would say if it is not sure. `dated`: it differs by its date. */
export interface Day {
  dated: boolean;
  special: "" | "holiday" | "worked";
  unsure: Reason | null;
  spans: Span[];
  usual: Span[];
  noted: boolean;
}

const read = new Map<string, Hours | null>();

/** The seasons and exceptions of `data-hours`; null where hours are not known or not readable: then nothing must be claimed. */
export function readHours(data: string): Hours | null {
  let hours = read.get(data);
  if (hours === undefined) {
    hours = parsed(data);
    read.set(data, hours);
  }
  return hours;
}

function parsed(data: string): Hours | null {
  const hours: Hours = { seasons: [], exceptions: [] };
  for (const part of data.split("/")) {
    const season = part[0] === "x" ? null : readSeason(part);
    const exception = part[0] === "x" ? readException(part) : null;
    if (season && !hours.exceptions.length) hours.seasons.push(season);
    else if (exception && hours.seasons.length) hours.exceptions.push(exception);
    else return null;
  }
  return hours;
}

function readSeason(text: string): Season | null {
  const match = /^(?:([\d,-]+)@)?(?:([couh]{7}|[couh])([swx]{2}|[sw])?!)?([\d+|=-]*)$/.exec(text);
  if (!match) return null;
  const dates = match[1] ? readStretches(match[1]) : [];
  const days: (Span[] | null)[] = [];
  for (const day of match[4]!.split("|")) days.push(day === "=" ? days[days.length - 1] || null : readSpans(day));
  const holidays = match[2] || "u";
  const worked = match[3] || "x";
  const [hasOwn, hasWorkday] = [holidays.indexOf("h") >= 0, worked.indexOf("w") >= 0];
  if (!dates || days.some((day) => !day) || days.length !== 7 + Number(hasWorkday) + Number(hasOwn)) return null;
  const holidayHours = hasOwn ? days.pop()! : [];
  return { dates, holidays, worked, days: days as Span[][], holidayHours };
}

function readException(text: string): DatedHours | null {
  const match = /^x(\d{4}-\d{4})@([\d+-]*)$/.exec(text);
  const spans = match ? readSpans(match[2]!) : null;
  return match && spans ? { dates: readStretches(match[1]!)![0]!, spans } : null;
}

function readSpans(text: string): Span[] | null {
  const spans: Span[] = [];
  for (const part of text ? text.split("+") : []) {
    const match = /^(\d+)-(\d+)$/.exec(part);
    const span: Span = match ? [Number(match[1]), Number(match[2])] : [0, 0];
    if (span[1] <= span[0]) return null;
    spans.push(span);
  }
  return spans;
}

/** What is known of a day. */
export function dayOf(hours: Hours, day: number, calendar: Calendar): Day {
  const season = seasonOf(hours, day);
  const at = monthDayOf(day);
  const exception = hours.exceptions.filter(({ dates }) => holds(dates, at))[0];
  const dated = !!exception;
  if (exception && !exception.spans.length) return { dated, special: "", unsure: null, spans: [], usual: [], noted: false };
  if (!season) return { dated, special: "", unsure: "season", spans: [], usual: [], noted: false };
  const weekday = weekdayOf(day);
  const usual = exception ? exception.spans : season.days[weekday]!;
  const special = calendar.off.has(day) ? "holiday" : calendar.worked.has(day) && weekday > 4 && !dated ? "worked" : "";
  const noted = day > calendar.lastKnown && !isIndifferent(season, dated);
  const sure = (spans: Span[]): Day => ({ dated, special, unsure: null, spans, usual, noted });
  if (isPartly(calendar, day) && !isSame(season, weekday, usual)) return { dated, special, unsure: "part", spans: [], usual, noted };
  if (!special) return sure(usual);
  const letter = special === "holiday" ? letterOf(season.holidays, weekday) : letterOf(season.worked, weekday - 5);
  if (letter === "c") return sure([]);
  if (letter === "h") return sure(season.holidayHours);
  if (letter === "o" || letter === "s") return sure(usual);
  if (letter === "w") return sure(season.days[7]!);
  return { dated, special, unsure: special, spans: [], usual, noted };
}

/** Whether a weekday has the same hours if it is a public holiday. */
function isSame({ holidays }: Season, weekday: number, usual: Span[]): boolean {
  const letter = letterOf(holidays, weekday);
  return letter === "o" || (letter === "c" && !usual.length);
}

export function seasonOf({ seasons }: Hours, day: number): Season | null {
  const at = monthDayOf(day);
  return seasons.filter(({ dates }) => !dates.length || dates.some((stretch) => holds(stretch, at)))[0] || null;
}

function monthDayOf(day: number): number {
  const date = dateOf(day);
  return date.month * 100 + date.day;
}

/** A stretch whose last day comes before its first runs over New Year. */
export function holds([first, last]: [number, number], at: number): boolean {
  return first <= last ? first <= at && at <= last : first <= at || at <= last;
}

function letterOf(letters: string, index: number): string {
  return letters.length === 1 ? letters : letters[index]!;
}

/** Holidays change nothing here; on a day that differs by its date, worked weekends do not either. */
function isIndifferent(season: Season, dated: boolean): boolean {
  return season.holidays === "o" && (dated || season.worked === "s");
}

/** The state at a moment. Yesterday counts as far as it lasts past midnight. */
export function stateOf(data: string, now: Now): State {
  const hours = readHours(data);
  if (!hours) return { kind: "unknown" };
  const at = (offset: number): Day => dayOf(hours, now.day + offset, now.calendar);
  const yesterday = at(-1);
  const today = at(0);
  if (covers(today.spans, now.minute) || covers(yesterday.spans, now.minute + DAY)) return openNow(at, now.minute);
  if (today.unsure) return { kind: "unsure", reason: today.unsure };
  if (yesterday.unsure && covers(yesterday.usual, now.minute + DAY)) return { kind: "unsure", reason: "night" };
  return closedNow(at, now);
}

function covers(spans: Span[], minute: number): boolean {
  return spans.some(([start, end]) => start <= minute && minute < end);
}

/** Open at this minute; spans that touch, over midnight too, are one. */
function openNow(at: (offset: number) => Day, minute: number): State {
  let end = minute + 1;
  let noted = at(0).noted;
  for (let offset = -1; end - minute <= WEEK && offset * DAY <= end; offset++) {
    const day = at(offset);
    const next = reach(day.unsure ? day.usual : day.spans, end - offset * DAY) + offset * DAY;
    // It goes on into a day that nobody can tell; on a day of no season any hour is possible.
    if (day.unsure && (next > end || (day.unsure === "season" && offset * DAY === end))) return { kind: "open", until: null, noted };
    end = next;
    noted = noted || (day.noted && end > offset * DAY);
  }
  if (end - minute > WEEK) return { kind: "always", noted };
  if (end - minute <= CLOSING) return { kind: "closing", until: end, noted };
  return { kind: "open", until: end - minute <= DAY ? end : null, noted };
}

/** How far spans carry on from a minute at which it is still open. */
function reach(spans: Span[], minute: number): number {
  let end = minute;
  for (const [start, last] of spans.slice().sort((a, b) => a[0] - b[0])) if (start <= end && last > end) end = last;
  return end;
}

function closedNow(at: (offset: number) => Day, now: Now): State {
  let noted = at(0).noted;
  for (let offset = 0; offset <= AHEAD; offset++) {
    const day = at(offset);
    if (day.unsure) break; // it may open on that day, so that a later one would be a guess
    noted = noted || day.noted;
    const starts = day.spans.map(([start]) => start).filter((start) => offset > 0 || start > now.minute);
    if (!starts.length) continue;
    const date = dateOf(now.day + offset);
    const minute = Math.min(...starts);
    const next = { inDays: offset, minute, weekday: weekdayOf(now.day + offset), month: date.month, day: date.day };
    return { kind: "closed", next, noted };
  }
  return { kind: "closed", next: null, noted };
}

/** `17:00`; the end of a day is 24:00 and not 00:00. */
export function clockTime(minutes: number): string {
  const rest = minutes % DAY || (minutes ? DAY : 0);
  return `${String(Math.floor(rest / 60)).padStart(2, "0")}:${String(rest % 60).padStart(2, "0")}`;
}
