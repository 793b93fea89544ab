// One time of an activity as a key to its place, or to its places: when, what, where.

import { make } from "../../core/dom";
import { say } from "../../core/words";
import type { Gathering } from "../../events/agenda";
import { placesText, roomsText, rowsOf } from "../../events/place-text";
import { dayText, doubtText, stageText, startText } from "../../events/time-text";
import { clockTime, type Now } from "../../schedule/opening-hours";
import type { Occurrence } from "../../schedule/recurrence";
import type { World } from "../core/hall";
import { heldAddress } from "./choices";
import { byNearness, isLong } from "./place-card";

const DAY = 1440;

/** `dated`: its day is said too, where a list is not one day's. */
export function activityCard(world: World, gathering: Gathering, dated: Now | null): HTMLElement {
  const { activity, occurrence, stage } = gathering;
  const card = make("button", `k-card k-activity${occurrence.cancelled || stage === "past" ? " is-off" : ""}`);
  card.type = "button";
  const rows = rowsOf(gathering);
  card.dataset.go = rows.length === 1 ? `position:${world.places.id[activity.row]!}` : `list:${heldAddress(rows, activity.name)}`;
  card.dataset.primary = "";
  card.appendChild(hours(occurrence, dated));
  const text = card.appendChild(make("span", "k-card-text"));
  text.appendChild(make("b", "k-card-name", activity.name));
  if (isLong(activity.name)) card.classList.add("is-long");
  text.appendChild(make("span", "k-card-line", whereText(world, gathering)));
  const tags = card.appendChild(make("span", "k-tags"));
  const tag = (className: string, told: string): void => {
    if (told) tags.appendChild(make("span", `tag ${className}`, told));
  };
  tag(occurrence.cancelled ? "s-closed" : stage === "past" ? "" : "ok", occurrence.cancelled ? say("activities.cancelled") : stageText(occurrence, stage));
  tag("todo", occurrence.cancelled ? "" : doubtText(occurrence.doubt));
  tag("", activity.kind);
  return card;
}

/** Its place and the rooms; of many how many, and the nearest by name. */
export function whereText(world: World, gathering: Gathering): string {
  const rows = byNearness(world, rowsOf(gathering));
  const { name } = world.places;
  return rows.length > 1 ? placesText(rows, name) : [name[rows[0]!]!, roomsText(gathering.places)].filter(Boolean).join(" · ");
}

function hours(one: Occurrence, dated: Now | null): HTMLElement {
  const start = startText(one);
  const told = make("span", "k-hours");
  if (dated) told.appendChild(make("small", "", dayText(one.day, dated)));
  told.appendChild(start ? make("b", "", start) : make("small", "", say("activities.hoursUnknown")));
  if (one.start !== null && one.end !== null && start === clockTime(one.start)) {
    const time = clockTime(one.end);
    told.appendChild(document.createTextNode(" ")); // both stand in one line
    told.appendChild(make("small", "", one.end > DAY ? say("activities.untilNext", { time }) : say("activities.until", { time })));
  }
  return told;
}
