// Now, where the directory is. It says nothing it cannot know: a clock that cannot be right is not believed. Data that are old, or
// of a day that nobody knows, do not stop the clock: the page says how old they are (entries/start.ts, parts/header.html).

import { dayNumber, readCalendar, type Calendar, type SpecialDays } from "./calendar";
import type { Now } from "./opening-hours";

const DAY_MS = 86400000;
const MINUTE_MS = 60000;
const SHANGHAI = 8 * 60; // minutes before UTC, the whole year
const OLDEST_DAYS = 400; // as haitang/data/revision.py says it to who builds
const OLDEST_SITE = 6 * 366; // a site is shown for years after it was built; a clock that is further ahead is not believed
const FIRST_DAY = dayNumber(2026, 1, 1); // no site is older (haitang/site/exports/browser_words.py)
const END = dayNumber(2101, 1, 1);

let calendar: Calendar | null = null;

/** The moment in Shanghai, or in the zone that directory.yml names, whatever the visitor's zone; null where the clock cannot be
 * right: before the data, or many years later. */
export function nowInZone(): Now | null {
  const built = builtOn();
  const now = Date.now() + offsetAt(Date.now()) * MINUTE_MS;
  const day = Math.floor(now / DAY_MS);
  const isRight = built === null ? day >= FIRST_DAY && day < END : day >= built && day - built <= OLDEST_SITE;
  if (!isRight) return null;
  calendar = calendar || readCalendar(window.HAITANG && (window.HAITANG["days"] as SpecialDays | undefined));
  return { day, minute: Math.floor((now % DAY_MS) / 60000), calendar };
}

/** The same for a website's activities: nothing is foretold from plans that are old, or of no known day. A hall's screen, which has
 * a keeper and says early that its data may have changed, does without. */
export function nowOfPlans(): Now | null {
  return builtOn() === null || isOld() ? null : nowInZone();
}

/** The day of the data; null where nobody knows it. */
function builtOn(): number | null {
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(document.documentElement.dataset.built || "");
  return date ? dayNumber(Number(date[1]), Number(date[2]), Number(date[3])) : null;
}

/** Whether the data are so old by this machine's clock that a page must say so. */
export function isOld(): boolean {
  const built = builtOn();
  return built !== null && today() - built > OLDEST_DAYS;
}

/** The day where the directory is, in days since 1970, as this machine's clock has it; right or not. */
export function today(): number {
  return dayAndMinute(Date.now()).day;
}

/** A moment there, as this machine's clock had it; right or not. */
export function dayAndMinute(moment: number): { day: number; minute: number } {
  const there = moment + offsetAt(moment) * MINUTE_MS;
  const day = Math.floor(there / DAY_MS);
  return { day, minute: Math.floor((there - day * DAY_MS) / MINUTE_MS) };
}

/** Minutes before UTC. A zone other than Shanghai's comes in assets/words.js as the moments from which it was how far before:
 * old browsers know no zones. */
function offsetAt(moment: number): number {
  let offset = SHANGHAI;
  const zone = ((window.HAITANG && window.HAITANG["zone"]) || []) as [since: number, offset: number][];
  for (const [since, minutes] of zone) if (since <= moment) offset = minutes;
  return offset;
}
