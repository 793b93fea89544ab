// From all activities to what a stretch of days holds, in order. Pure: tests/events/agenda.test.ts gives it days and moments.

import { numbers, sets } from "../data/columns";
import type { Now } from "../schedule/opening-hours";
import { byTime, nextOf, occurrencesOn, readWhen, stageOf, type Occurrence, type Stage, type When } from "../schedule/recurrence";

/** data/activities.js: what lies ahead on the day of the data; haitang/site/exports/browser_activities.py writes it. */
export interface PackedActivities {
  /** Rows of the directory, as one set of `columns.ts`. */
  row: string;
  name: string;
  when: string;
  place: string;
  kind: string;
  names: string[];
  whens: string[];
  places: string[];
  kinds: string[];
}

export interface Activity {
  /** The place's row in the directory. */
  row: number;
  name: string;
  when: When;
  place: string;
  kind: string;
}

export interface Item {
  activity: Activity;
  occurrence: Occurrence;
  stage: Stage;
}

/** Throws where columns do not fit each other: a half-copied file must not make a page lie. */
export function unpackActivities(packed: PackedActivities): Activity[] {
  const rows = sets(packed.row, 1)[0]!;
  const columns = [packed.name, packed.when, packed.place, packed.kind].map(numbers);
  if (columns.some((column) => column.length !== rows.length)) throw new Error("columns differ in length");
  const whens = packed.whens.map(readWhen);
  const [name, when, place, kind] = columns as [number[], number[], number[], number[]];
  const found: Activity[] = [];
  rows.forEach((row, at) => {
    const rule = whens[when[at]!];
    if (!rule) return; // written by a later version: what cannot be read is not shown
    const text = (list: string[], index: number): string => (index < 0 ? "" : list[index] || "");
    found.push({ row, name: text(packed.names, name[at]!), when: rule, place: text(packed.places, place[at]!), kind: text(packed.kinds, kind[at]!) });
  });
  return found;
}

/** What takes place on a day, by its hours. What began yesterday and still runs stands there too. */
export function dayItems(activities: Activity[], day: number, now: Now): Item[] {
  const known = new Map<When, Occurrence[]>();
  const found: Item[] = [];
  for (const activity of activities) {
    let occurrences = known.get(activity.when);
    if (!occurrences) {
      const night = occurrencesOn(activity.when, day - 1, now.calendar).filter((one) => day === now.day && stageOf(one, now) === "running");
      known.set(activity.when, (occurrences = night.concat(occurrencesOn(activity.when, day, now.calendar))));
    }
    for (const occurrence of occurrences) found.push({ activity, occurrence, stage: stageOf(occurrence, now) });
  }
  return inOrder(found);
}

/** What is past goes last: the rest is what a visitor can still reach. */
function inOrder(items: Item[]): Item[] {
  const late = ({ stage }: Item): number => (stage === "past" ? 1 : 0);
  return items
    .map((item, at) => ({ item, at }))
    .sort((a, b) => late(a.item) - late(b.item) || byTime(a.item.occurrence, b.item.occurrence) || a.at - b.at)
    .map(({ item }) => item);
}

/** The next time of each, the nearest first; what is called off does not count. */
export function soonest(activities: Activity[], now: Now, count: number): Item[] {
  const known = new Map<When, Occurrence | null>();
  const found: Item[] = [];
  for (const activity of activities) {
    if (!known.has(activity.when)) known.set(activity.when, upcoming(activity.when, now).next);
    const occurrence = known.get(activity.when);
    if (occurrence) found.push({ activity, occurrence, stage: stageOf(occurrence, now) });
  }
  return inOrder(found).slice(0, count);
}

/** The next time that takes place, and those before it that are called off. */
export function upcoming(when: When, now: Now): { cancelled: Occurrence[]; next: Occurrence | null } {
  const cancelled: Occurrence[] = [];
  let at = now;
  for (;;) {
    const next = nextOf(when, at);
    if (!next || !next.cancelled) return { cancelled, next };
    cancelled.push(next);
    if (cancelled.length > MOST_CANCELLED) return { cancelled, next: null };
    // On to the end of what is called off, or to the next day where nobody knows its end.
    const end = next.start === null || next.end === null ? DAY : next.end;
    at = { ...now, day: next.day + Math.floor(end / DAY), minute: end % DAY };
  }
}

const DAY = 1440;
const MOST_CANCELLED = 400;

/** Monday of the week a day is in. */
export function mondayOf(day: number): number {
  return day - ((((day + 3) % 7) + 7) % 7);
}
