// A place as one key to its page: mark, name, one line, tags with the open state and how far it is from this hall.

import { make } from "../../core/dom";
import { say, sayList } from "../../core/words";
import { isGone, STATUSES, tellsHours } from "../../data/directory";
import { metresBetween } from "../../data/geo";
import { lookOf, tierName, UNKNOWN } from "../../data/tiers";
import { markedName, placeLine, roughly, tierMark } from "../../lists/place-card";
import { refresh } from "../../schedule/opening-state";
import type { World } from "../core/hall";


/** Metres from the hall to a row; null where either is not known well enough to say. */
export function metresFromHere({ hall, points }: World, row: number): number | null {
  const [lon, lat] = [points.lon[row], points.lat[row]];
  if (!hall.spot || typeof lon !== "number" || typeof lat !== "number" || !points.precise[row]) return null;
  return metresBetween(hall.spot, { lon, lat });
}

export function isInUse({ facts }: World, row: number): boolean {
  return !isGone(facts.status[row]!);
}

/** Rows from the nearest to the farthest. Of those whose spot nobody knows, what is in this hall's town comes first; else they
 * stay in the directory's order. */
export function byNearness(world: World, rows: readonly number[]): number[] {
  return rows
    .map((row, at) => ({ row, at, metres: rank(world, row) }))
    .sort((a, b) => a.metres - b.metres || a.at - b.at)
    .map(({ row }) => row);
}

const SAME_TOWN = 1e8; // metres: farther than any place that is known
const ELSEWHERE = 1e9;

function rank(world: World, row: number): number {
  const { home } = world.hall;
  if (row === home) return -1;
  const metres = metresFromHere(world, row);
  if (metres !== null) return metres;
  return home >= 0 && world.places.town[row] === world.places.town[home] ? SAME_TOWN : ELSEWHERE;
}

export function placeCard(world: World, row: number, marks: readonly (readonly [number, number])[] = []): HTMLElement {
  const { places, facts } = world;
  const tier = places.tier[row]!;
  const card = make("button", "k-card");
  card.type = "button";
  card.dataset.go = `position:${places.id[row]!}`;
  card.appendChild(tierMark(lookOf(tier)));
  const text = card.appendChild(make("span", "k-card-text"));
  markedName(text.appendChild(make("b", "k-card-name")), places.name[row]!, marks);
  if (isLong(places.name[row]!)) card.classList.add("is-long");
  const line = placeLine(facts, row);
  if (line) text.appendChild(make("span", "k-card-line", line));
  card.appendChild(tags(world, row, tier));
  return card;
}

const LINE = 28; // half widths of letters that one line of the narrowest list has room for

/** A name that is told in two lines leaves no room for a third. */
export function isLong(name: string): boolean {
  return name.replace(/[^\u0000-\u00ff]/g, "  ").length > LINE;
}

function tags(world: World, row: number, tier: number): HTMLElement {
  const { facts } = world;
  const all = make("span", "k-tags");
  const add = (className: string, text: string): HTMLElement => all.appendChild(make("span", `tag ${className}`, text));
  const metres = metresFromHere(world, row);
  if (row === world.hall.home) add("here", say("kiosk.here"));
  else if (metres !== null) add("", roughly(metres)); // along a straight line, as its own page says
  const look = lookOf(tier);
  if (look !== UNKNOWN) add(`t-${look}`, tierName(tier));
  const status = STATUSES[facts.status[row]!]!;
  if (status !== "open") add(`s-${status}`, sayList("find.statuses")[facts.status[row]!]!);
  const hours = facts.hours[row]!;
  if (tellsHours(facts.status[row]!)) {
    if (hours < 0) add("todo", say("find.hoursUnknown"));
    else add("state", facts.hoursText[hours]!).dataset.hours = facts.hoursData[hours]!;
    refresh(all); // before it is measured; a list that is turned would else tell hours until the next minute
  }
  return all;
}
