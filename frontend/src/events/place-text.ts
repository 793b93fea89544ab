// Where a gathering takes place, in words: pages of the site and screens of a hall say the same.

import { say } from "../core/words";
import { namedOf, type Activity, type Gathering } from "./agenda";

/** The rows of its places, each once. */
export function rowsOf({ places }: Pick<Gathering, "places">): number[] {
  return unique(places.map(({ row }) => row));
}

/** Where in these places. */
export function roomsText(held: readonly Activity[]): string {
  return unique(held.map(({ place }) => place).filter(Boolean)).join(say("map.separator"));
}

/** `在 20 处：…等`: how many, and the names of the first. */
export function placesText(rows: readonly number[], name: readonly string[]): string {
  const named = namedOf(rows.slice(0, 2).map((row) => name[row]!));
  const values = { count: rows.length, names: named.join(say("map.separator")) };
  return named.length < rows.length ? say("activities.placesMore", values) : say("activities.places", values);
}

function unique<Each>(items: readonly Each[]): Each[] {
  return Array.from(new Set(items));
}
