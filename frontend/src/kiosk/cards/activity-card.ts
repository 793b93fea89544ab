// One time of an activity as a key to its place: when, what, where.

import { make } from "../../core/dom";
import { say } from "../../core/words";
import type { Item } from "../../events/agenda";
import { dayText, doubtText, stageText, startText } from "../../events/time-text";
import { clockTime, type Now } from "../../schedule/opening-hours";
import type { Occurrence } from "../../schedule/recurrence";
import type { World } from "../core/hall";

const DAY = 1440;

/** `dated`: its day is said too, where a list is not one day's. */
export function activityCard({ places }: World, { activity, occurrence, stage }: Item, dated: Now | null): HTMLElement {
  const card = make("button", `k-card k-activity${occurrence.cancelled || stage === "past" ? " is-off" : ""}`);
  card.type = "button";
  card.dataset.go = `position:${places.id[activity.row]!}`;
  card.dataset.primary = "";
  card.appendChild(hours(occurrence, dated));
  const text = card.appendChild(make("span", "k-card-text"));
  text.appendChild(make("b", "k-card-name", activity.name));
  text.appendChild(make("span", "k-card-line", [places.name[activity.row]!, activity.place].filter(Boolean).join(" · ")));
  const tags = text.appendChild(make("span", "k-tags"));
  const tag = (className: string, told: string): void => {
    if (told) tags.appendChild(make("span", `tag ${className}`, told));
  };
  tag(occurrence.cancelled ? "s-closed" : stage === "past" ? "" : "ok", occurrence.cancelled ? say("activities.cancelled") : stageText(occurrence, stage));
  tag("todo", occurrence.cancelled ? "" : doubtText(occurrence.doubt));
  tag("", activity.kind);
  return card;
}

function hours(one: Occurrence, dated: Now | null): HTMLElement {
  const start = startText(one);
  const told = make("span", "k-hours");
  if (dated) told.appendChild(make("small", "", dayText(one.day, dated)));
  told.appendChild(start ? make("b", "", start) : make("small", "", say("activities.hoursUnknown")));
  if (one.start !== null && one.end !== null && start === clockTime(one.start)) {
    const time = clockTime(one.end);
    told.appendChild(make("small", "", one.end > DAY ? say("activities.untilNext", { time }) : say("activities.until", { time })));
  }
  return told;
}
