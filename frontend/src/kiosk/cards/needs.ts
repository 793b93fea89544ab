// What somebody may need, in this hall: the website's needs with the places of its pages, as tiles and as lists. Addresses of the
// screen: `need:shebao`, `need:shebao/lujia` for one town; nothing behind it is a choice of all.

import { make } from "../../core/dom";
import { ofData } from "../../core/of-data";
import { say } from "../../core/words";
import { sets } from "../../data/columns";
import { needsOf, type Need, type PackedNeeds } from "../../data/needs";
import { gathered, soonest, type Activity, type Gathering } from "../../events/agenda";
import type { Now } from "../../schedule/opening-hours";
import { kiosk, type World } from "../core/hall";
import { choiceTile } from "./choice-tile";
import { metresFromHere, placeCard } from "./place-card";

export interface HallNeed extends Need {
  /** The places that have it; of a kind of activities those where one may still be found. */
  rows: number[];
}

interface HallNeeds {
  /** What the home page offers, then the rest; of both what any place has comes first, else it is the order of directory.yml. */
  all: HallNeed[];
  /** What the website's home page offers. */
  first: HallNeed[];
}

/** All needs of the data that stand in the page. Throws where columns do not fit each other. */
export const hallNeeds = ofData((): HallNeeds => {
  const packed = window.HAITANG!["needs"] as unknown as PackedNeeds;
  const needs = needsOf(packed);
  const { rows, first } = kiosk().needs;
  const places = sets(rows, needs.length);
  const all = needs.map((need, at) => ({ ...need, rows: places[at]! }));
  const offered = hadFirst(first.map((id) => all.filter((need) => need.id === id)[0]!));
  return { all: [...offered, ...hadFirst(all.filter((need) => offered.indexOf(need) < 0))], first: offered };
});

function hadFirst(needs: readonly HallNeed[]): HallNeed[] {
  return [...needs.filter(({ rows }) => rows.length), ...needs.filter(({ rows }) => !rows.length)];
}

export interface NeedAddress {
  need: HallNeed | null;
  /** Only the places of this town; empty: all. */
  town: string;
}

export function readNeedAddress(what: string): NeedAddress {
  const [id, town = ""] = what.split("/");
  return { need: hallNeeds().all.filter((need) => need.id === id)[0] || null, town };
}

/** A need as one key: its picture, its name and, with `counted`, how many have it. */
export function needTile({ id, icon, name, rows }: HallNeed, counted = true): HTMLButtonElement {
  const told = rows.length ? say("kiosk.find.places", { count: rows.length }) : say("kiosk.need.unknown");
  const tile = choiceTile({ kind: "service", value: name, name, count: rows.length, go: `need:${id}` }, counted ? told : "");
  tile.insertBefore(make("i", `icon icon-${icon}`), tile.firstChild);
  return tile;
}

/** A place's card that says so where nobody knows how far it is, because its spot is not known well enough. */
export function needCard(world: World, row: number): HTMLElement {
  const card = placeCard(world, row);
  const tags = card.querySelector(".k-tags")!;
  if (isUnplaced(world, row)) tags.insertBefore(make("span", "tag todo", say("kiosk.need.unplaced")), tags.firstChild);
  return card;
}

/** Whether a place stands after those whose distance is known. */
export function isUnplaced(world: World, row: number): boolean {
  return !!world.hall.spot && row !== world.hall.home && metresFromHere(world, row) === null;
}

/** What of a kind of activities comes next, the soonest first, and the places of which nobody knows a time. */
export function heldNext(activities: readonly Activity[], { name, rows }: HallNeed, now: Now): { gatherings: Gathering[]; undated: number[] } {
  const own = activities.filter(({ kind }) => kind === name);
  const dated = own.map(({ row }) => row);
  return { gatherings: gathered(soonest(own, now, Infinity)), undated: rows.filter((row) => dated.indexOf(row) < 0) };
}
