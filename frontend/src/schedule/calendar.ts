// Days as numbers (0 is 1970-01-01), and the state's calendar of public holidays and weekends worked for them.

const DAY_MS = 86400000;

export interface MonthDay {
  year: number;
  month: number;
  day: number;
}

/** What assets/words.js puts down beside the words; haitang/schedule/holidays.py writes it. */
export interface SpecialDays {
  /** The last year whose holidays are known. */
  until: number;
  /** Year → `0101-0103,0215-0223`. */
  off: { [year: string]: string };
  worked: { [year: string]: string };
  /** Off in a part of the country, where nobody says in which part the directory lies. */
  partly?: { [year: string]: string };
}

export interface Calendar {
  /** Days after this one are not known yet. */
  lastKnown: number;
  off: Set<number>;
  worked: Set<number>;
  partly?: Set<number>;
}

export function dayNumber(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

/** 0 is Monday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

export function dateOf(day: number): MonthDay {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** `0501-0930,1224` as pairs of month * 100 + day; null where it is not that. */
export function readStretches(text: string): [number, number][] | null {
  const stretches: [number, number][] = [];
  for (const part of text.split(",")) {
    const match = /^(\d{4})(?:-(\d{4}))?$/.exec(part);
    if (!match) return null;
    stretches.push([Number(match[1]), Number(match[2] || match[1])]);
  }
  return stretches;
}

/** Without data no day is known. */
export function readCalendar(days: SpecialDays | undefined): Calendar {
  if (!days) return { lastKnown: -Infinity, off: new Set(), worked: new Set() };
  const partly = days.partly ? { partly: daysOf(days.partly) } : {};
  return { lastKnown: dayNumber(days.until, 12, 31), off: daysOf(days.off), worked: daysOf(days.worked), ...partly };
}

/** Whether a day is off in some part of the country, and nobody says whether here. */
export function isPartly({ partly }: Calendar, day: number): boolean {
  return !!partly && partly.has(day);
}

function daysOf(years: { [year: string]: string }): Set<number> {
  const days = new Set<number>();
  for (const year of Object.keys(years)) {
    for (const [first, last] of readStretches(years[year]!) || []) {
      const end = numberIn(Number(year), last);
      for (let day = numberIn(Number(year), first); day <= end; day++) days.add(day);
    }
  }
  return days;
}

function numberIn(year: number, monthDay: number): number {
  return dayNumber(year, Math.floor(monthDay / 100), monthDay % 100);
}
