// The second step of a search: files that are fetched once something was asked and the first answer stands.

import { sets, texts } from "../data/columns";
import { exists, script } from "../data/loader";
import { unpackActivities, type PackedActivities } from "../events/agenda";
import { Activities, storiesOf, type ActivityHit, type PlaceText, type Story, type StoryHit } from "./activities";
import type { Readings } from "./engine/pinyin";
import type { Found } from "./engine/search";

export interface Further {
  activities: ActivityHit[];
  stories: StoryHit[];
}

const NOTHING: Further = { activities: [], stories: [] };
let activities: Promise<Activities> | undefined;
let stories: Promise<Story[]> | undefined;

/** Activities; and stories where the first step has found nothing at all. What cannot be loaded is left out. */
export function findFurther(root: string, readings: Readings, found: Found, placeText: PlaceText): Promise<Further> {
  if (!found.terms.length) return Promise.resolve(NOTHING);
  const silent = (why: unknown): void => console.warn(String(why));
  const known = (activities || (activities = loadActivities(root, readings)));
  known.catch(() => (activities = undefined)); // a phone that was in a tunnel may ask again
  const taking = known.then((all) => all.find(found, placeText)).catch((why: unknown) => (silent(why), []));
  const told = isNothing(found) ? loadStories(root).then((all) => storiesOf(all, found.terms)).catch((why: unknown) => (silent(why), [])) : [];
  return Promise.all([taking, told]).then(([taken, told_]) => ({ activities: taken, stories: told_ }));
}

export function isNothing({ hits, needs, chips }: Found): boolean {
  return !hits.length && !needs.length && !chips.length;
}

function loadActivities(root: string, readings: Readings): Promise<Activities> {
  return exists(root, "activities").then((there) => (there ? script(root, "activities") : undefined)).then(() => {
    const packed = window.HAITANG!["activities"] as unknown as PackedActivities | undefined;
    return new Activities(packed ? unpackActivities(packed) : [], readings);
  });
}

/** Above some thousand places there are none. */
function loadStories(root: string): Promise<Story[]> {
  if (!stories) {
    stories = exists(root, "stories").then((there) => (there ? script(root, "stories").then(() => {
      const packed = window.HAITANG!["stories"] as unknown as { row: string; text: string };
      return toldIn(packed);
    }) : []));
    stories.catch(() => (stories = undefined));
  }
  return stories;
}

/** Throws where columns do not fit each other. */
export function toldIn(packed: { row: string; text: string }): Story[] {
  const rows = sets(packed.row, 1)[0]!;
  return texts(packed.text, rows.length).map((text, at) => ({ row: rows[at]!, text, low: text.toLowerCase() }));
}
