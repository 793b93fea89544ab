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
  /** A number for each text, -1 for none: what it says stands on the place's page. Older files have no such column. */
  text?: string;
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
  text: number;
}

export interface Item {
  activity: Activity;
  occurrence: Occurrence;
  stage: Stage;
}

/** The same at the same time, at one place or at many; `activity` is the first of them. */
export interface Gathering extends Item {
  places: Activity[];
}

/** From the visitor to the place of a row; null where either is not known. */
export type Metres = (row: number) => number | null;

/** Throws where columns do not fit each other: a half-copied file must not make a page lie. */
export function unpackActivities(packed: PackedActivities): Activity[] {
  const rows = sets(packed.row, 1)[0]!;
  const columns = [packed.name, packed.when, packed.place, packed.kind, packed.text === undefined ? rows.map(() => "-").join("") : packed.text].map(numbers);
  if (columns.some((column) => column.length !== rows.length)) throw new Error("columns differ in length");
  const whens = packed.whens.map(readWhen);
  const [name, when, place, kind, said] = columns as [number[], number[], number[], number[], number[]];
  const found: Activity[] = [];
  rows.forEach((row, at) => {
    const rule = whens[when[at]!];
    if (!rule) return; // written by a later version: what cannot be read is not shown
    const text = (list: string[], index: number): string => (index < 0 ? "" : list[index] || "");
    found.push({
      row, name: text(packed.names, name[at]!), when: rule, place: text(packed.places, place[at]!), kind: text(packed.kinds, kind[at]!), text: said[at]!,
    });
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
  return ranked(items, (a, b) => late(a) - late(b) || byTime(a.occurrence, b.occurrence));
}

/** The next time of each after a day, the nearest first; what is called off does not count. Without a day, from now on. */
export function soonest(activities: Activity[], now: Now, count: number, after = -Infinity): Item[] {
  const known = new Map<When, Occurrence | null>();
  const found: Item[] = [];
  for (const activity of activities) {
    if (!known.has(activity.when)) known.set(activity.when, upcoming(activity.when, now).next);
    const occurrence = known.get(activity.when);
    if (occurrence && occurrence.day > after) found.push({ activity, occurrence, stage: stageOf(occurrence, now) });
  }
  return inOrder(found).slice(0, count);
}

/** Items that differ in nothing but where they are become one, where the first of them stood; haitang/site/views/events.py does the same. */
export function gathered(items: readonly Item[]): Gathering[] {
  const known = new Map<When, Map<string, Gathering>>();
  const found: Gathering[] = [];
  for (const item of items) {
    const { activity, occurrence } = item;
    const alike = known.get(activity.when) || new Map<string, Gathering>();
    known.set(activity.when, alike);
    const key = [activity.name, activity.kind, activity.text, occurrence.day, occurrence.start, occurrence.end].join("\n");
    const same = alike.get(key);
    if (same) {
      same.places.push(activity);
      continue;
    }
    const made = { ...item, places: [activity] };
    alike.set(key, made);
    found.push(made);
  }
  return found;
}

/** The nearest first, and of each its nearest place; what is past stays last, and what has no distance comes after what has. */
export function nearestFirst(gatherings: readonly Gathering[], metres: Metres): Gathering[] {
  const far = ({ row }: Activity): number => {
    const known = metres(row);
    return known === null ? Infinity : known;
  };
  const late = ({ stage }: Gathering): number => (stage === "past" ? 1 : 0);
  const sorted = gatherings.map((each) => ({ ...each, places: ranked(each.places, (one, other) => byNumber(far(one), far(other))) }));
  return ranked(sorted, (one, other) => late(one) - late(other) || byNumber(far(one.places[0]!), far(other.places[0]!)));
}

/** Infinity less itself is no number. */
function byNumber(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** Sorted, and what is equal as it was: the sorting of older browsers forgets that. */
function ranked<Each>(items: readonly Each[], compare: (one: Each, other: Each) => number): Each[] {
  return items.map((item, at) => ({ item, at })).sort((a, b) => compare(a.item, b.item) || a.at - b.at).map(({ item }) => item);
}

/** Those that are named for all: two where their names fit a line, else one; as in haitang/site/views/events.py. */
export function namedOf(names: readonly string[]): string[] {
  const two = names.slice(0, 2);
  return Array.from(two.join("")).length <= NAMED_LENGTH ? two : two.slice(0, 1);
}

const NAMED_LENGTH = 18; // characters that fit a line of a phone

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
