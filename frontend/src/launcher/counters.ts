// What was counted, kept by day. The rule: only known names and integers, 90 days, 32 KB; a storage that is full, denied or
// spoilt costs figures and nothing else.

import { isCounted, isDay, type Days } from "./protocol";

const SHANGHAI_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
const DAYS = 90;
const BYTES = 32 * 1024; // ASCII: a character is a byte
const NAMES = 40; // under one day
const MOST = 1_000_000;

type Kept = Pick<Storage, "getItem" | "setItem">;

export class Counters {
  private known: Days | null = null; // what the storage did not take

  constructor(private readonly storage: Kept | null, private readonly key: string) {}

  add(what: unknown, day: string): void {
    if (!isCounted(what) || !isDay(day)) return;
    const days = this.days(day);
    const bucket = days[day] || (days[day] = {});
    if (!(what in bucket) && Object.keys(bucket).length >= NAMES) return;
    bucket[what] = Math.min((bucket[what] || 0) + 1, MOST);
    this.keep(bounded(days, day));
  }

  days(today: string): Days {
    if (this.known) return bounded(this.known, today);
    try {
      return bounded(JSON.parse((this.storage && this.storage.getItem(this.key)) || "{}"), today);
    } catch {
      return {};
    }
  }

  private keep(days: Days): void {
    try {
      this.known = days;
      if (this.storage) {
        this.storage.setItem(this.key, JSON.stringify(days));
        this.known = null;
      }
    } catch {
      // Full: it stays in memory, and the next count tries again.
    }
  }
}

/** Only what this module would have written: the newest days up to today, as many as may be kept. */
export function bounded(data: unknown, today: string): Days {
  const days: Days = {};
  if (typeof data !== "object" || data === null) return days;
  const known = data as { [day: string]: unknown };
  let size = 2;
  const past = Object.keys(known).filter((day) => isDay(day) && day <= today);
  for (const day of past.sort().reverse().slice(0, DAYS)) {
    const bucket = figures(known[day]);
    if (!Object.keys(bucket).length) continue; // nothing of it was worth keeping
    size += JSON.stringify(bucket).length + day.length + 4;
    if (size > BYTES) break;
    days[day] = bucket;
  }
  return days;
}

function figures(data: unknown): { [what: string]: number } {
  const bucket: { [what: string]: number } = {};
  if (typeof data !== "object" || data === null) return bucket;
  const known = data as { [what: string]: unknown };
  for (const what of Object.keys(known).filter(isCounted).slice(0, NAMES)) {
    const n = known[what];
    if (typeof n === "number" && Number.isInteger(n) && n > 0 && n <= MOST) bucket[what] = n;
  }
  return bucket;
}

/** The storage of this page, or null where a sandbox or a setting denies it. */
export function storageHere(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** The day to count under: the app's, which knows where the directory is. What can be no day anywhere now would throw away the
 * others; it is Shanghai's then, and also where a release from before says none. */
export function dayFrom(said: unknown, now: number): string {
  const own = dayOf(now);
  return isDay(said) && Math.abs(Date.parse(said) - Date.parse(own)) <= DAY_MS ? said : own;
}

/** The day in Shanghai, whatever zone the machine was set to. */
export function dayOf(now: number): string {
  return new Date(now + SHANGHAI_MS).toISOString().slice(0, 10);
}
