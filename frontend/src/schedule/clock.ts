// Now, where the directory is. It says nothing it cannot know: a clock that cannot be right is not believed.

import { dayNumber, readCalendar, type Calendar, type SpecialDays } from "./calendar";
import type { Now } from "./opening-hours";

const DAY_MS = 86400000;
const MINUTE_MS = 60000;
const SHANGHAI = 8 * 60; // minutes before UTC, the whole year
const OLDEST_DAYS = 400; // as haitang/data/revision.py says it to who builds

let calendar: Calendar | null = null;

/** The moment in Shanghai, or in the zone that directory.yml names, whatever the visitor's zone; null where the clock cannot be
 * right: before the data, or more than `oldest` days later. */
export function nowInZone(oldest = OLDEST_DAYS): Now | null {
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(document.documentElement.dataset.built || "");
  const now = Date.now() + offsetAt(Date.now()) * MINUTE_MS;
  const day = Math.floor(now / DAY_MS);
  const age = date ? day - dayNumber(Number(date[1]), Number(date[2]), Number(date[3])) : -1;
  if (age < 0 || age > oldest) return null;
  calendar = calendar || readCalendar(window.HAITANG && (window.HAITANG["days"] as SpecialDays | undefined));
  return { day, minute: Math.floor((now % DAY_MS) / 60000), calendar };
}

/** The day where the directory is, in days since 1970, as this machine's clock has it; right or not. */
export function today(): number {
  return Math.floor((Date.now() + offsetAt(Date.now()) * MINUTE_MS) / DAY_MS);
}

/** Minutes before UTC. A zone other than Shanghai's comes in assets/words.js as the moments from which it was how far before:
 * old browsers know no zones. */
function offsetAt(moment: number): number {
  let offset = SHANGHAI;
  const zone = ((window.HAITANG && window.HAITANG["zone"]) || []) as [since: number, offset: number][];
  for (const [since, minutes] of zone) if (since <= moment) offset = minutes;
  return offset;
}
