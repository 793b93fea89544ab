// A line of an agenda: when, what, and where; where many do the same, their names lie behind a line that opens. The same elements and
// classes as `places` in templates/parts/happening.html.

import { make } from "../core/dom";
import { say } from "../core/words";
import type { Blocks } from "../data/blocks";
import type { Places } from "../data/directory";
import { clockTime, type Now } from "../schedule/opening-hours";
import type { Occurrence } from "../schedule/recurrence";
import type { Activity, Gathering, Metres } from "./agenda";
import { placesText, roomsText, rowsOf } from "./place-text";
import { dayText, doubtText, stageText, startText } from "./time-text";

const DAY = 1440;
const PLACES_SHOWN = 60; // of one line, as in haitang/site/views/events.py

export interface Known {
  activities: Activity[];
  places: Places;
  root: string;
  blocks: Blocks | null;
  /** Null where the visitor has not said where she is. */
  metres: Metres | null;
  /** Grows whenever she says so anew. */
  told: number;
  /** Tells a distance as cards do. */
  addDistance: (metres: number, add: (className: string, text: string) => HTMLElement) => void;
}

/** The rows whose names a line of an agenda tells at once. */
export function namedRows(gathering: Gathering): number[] {
  return rowsOf(gathering).slice(0, 2);
}

/** `dated`: the day is said too, where the list is not one day's. */
export function lineOf(gathering: Gathering, known: Known, dated: Now | null): HTMLElement {
  const { activity, occurrence, stage } = gathering;
  const line = make("li", occurrence.cancelled ? "is-cancelled" : stage === "ahead" ? "" : `is-${stage}`);
  line.appendChild(hoursOf(occurrence, dated));
  const box = line.appendChild(make("div", ""));
  const head = box.appendChild(make("div", "event-head"));
  const alone = rowsOf(gathering).length === 1;
  const name = head.appendChild(make("h3", "", alone ? "" : activity.name));
  if (alone) name.appendChild(make("a", "", activity.name)).href = address(activity.row, known);
  const tag = (className: string, text: string): HTMLElement => {
    if (text) head.appendChild(document.createTextNode(" "));
    return text ? head.appendChild(make("span", `tag ${className}`, text)) : head;
  };
  if (occurrence.cancelled) tag("is-cancelled", say("activities.cancelled"));
  else tag(stage === "past" ? "s-over" : "is-running", stageText(occurrence, stage));
  tag("is-doubt", occurrence.cancelled ? "" : doubtText(occurrence.doubt));
  tag("", activity.kind);
  const metres = known.metres && known.metres(gathering.places[0]!.row); // the nearest of them
  if (metres !== null) known.addDistance(metres, tag);
  box.appendChild(alone ? make("p", "", where(gathering.places, known, true)) : placesOf(gathering, known));
  return line;
}

function address(row: number, { places, root }: Known): string {
  return `${root}positions/${places.id[row]!}.html#activities`;
}

/** Of what takes place at one place: its name where that is asked for, the rooms, the town. */
function where(held: readonly Activity[], { places }: Known, isNamed: boolean): string {
  const row = held[0]!.row;
  const town = places.towns[places.town[row]!]!;
  return [isNamed ? places.name[row]! : "", roomsText(held), town.id === town.area ? "" : town.name].filter(Boolean).join(" · ");
}

function placesOf(gathering: Gathering, known: Known): HTMLElement {
  const folded = make("details", "places");
  folded.appendChild(make("summary", "", placesText(rowsOf(gathering), known.places.name)));
  const list = folded.appendChild(make("ul", ""));
  folded.addEventListener("toggle", () => list.firstChild || fillPlaces(list, gathering.places, known));
  return folded;
}

/** Only once somebody opens it: thousands of places may do the same. */
function fillPlaces(list: HTMLElement, places: readonly Activity[], known: Known): void {
  const shown = places.slice(0, PLACES_SHOWN);
  const wait = known.blocks && known.blocks.rows(shown.map(({ row }) => row));
  if (wait) return void wait.then(() => fillPlaces(list, places, known), (why: unknown) => console.warn(String(why)));
  list.textContent = "";
  for (const activity of shown) {
    const item = list.appendChild(make("li", ""));
    item.appendChild(make("a", "", known.places.name[activity.row])).href = address(activity.row, known);
    const told = where([activity], known, false);
    if (told) item.appendChild(document.createTextNode(" "));
    if (told) item.appendChild(make("small", "", told));
    const metres = known.metres && known.metres(activity.row);
    if (metres !== null) known.addDistance(metres, (className, text) => item.appendChild(make("small", className, ` ${text}`)));
  }
  if (places.length > shown.length) list.insertAdjacentElement("afterend", make("p", "fine", say("activities.placesRest", { count: places.length - shown.length })));
}

function hoursOf(one: Occurrence, dated: Now | null): HTMLElement {
  const text = startText(one);
  const hours = make("p", `hours${dated ? " is-day" : text ? "" : " is-unknown"}`, dated ? dayText(one.day, dated) : text || say("activities.hoursUnknown"));
  if (dated) {
    if (text) hours.appendChild(make("small", "", text));
  } else if (one.start !== null && one.end !== null && text === clockTime(one.start)) {
    const time = clockTime(one.end);
    hours.appendChild(make("small", "", one.end > DAY ? say("activities.untilNext", { time }) : say("activities.until", { time })));
  }
  return hours;
}
