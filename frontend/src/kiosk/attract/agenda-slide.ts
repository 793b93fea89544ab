// The slide of what is on today, or else next: by the hall's clock, and only where that can be believed.

import { make } from "../../core/dom";
import { say } from "../../core/words";
import { dayItems, gathered, soonest, unpackActivities, type Activity, type Gathering, type PackedActivities } from "../../events/agenda";
import { dateText, dayText, stageText, startText } from "../../events/time-text";
import { nowInZone } from "../../schedule/clock";
import type { Now } from "../../schedule/opening-hours";
import { whereText } from "../cards/activity-card";
import type { World } from "../core/hall";

const MOST = 5; // read from three metres away, in ten seconds

export class AgendaSlide {
  private readonly activities: Activity[];

  constructor(private readonly world: World, private readonly element: HTMLElement) {
    const packed = window.HAITANG!["activities"] as PackedActivities | undefined;
    this.activities = packed ? unpackActivities(packed) : [];
  }

  /** Fills it for this moment; false where there is nothing that can be said. */
  fill(): boolean {
    const now = nowInZone();
    if (!now) return false;
    const today = dayItems(this.activities, now.day, now).filter(({ occurrence, stage }) => !occurrence.cancelled && stage !== "past");
    const items = gathered(today.length ? today : soonest(this.activities, now, Infinity));
    if (!items.length) return false;
    this.text("[data-agenda-title]", today.length ? say("kiosk.today") : say("kiosk.soon"));
    this.text("[data-agenda-date]", today.length && items.length > MOST ? say("kiosk.todayMore", { date: dateText(now.day), count: items.length }) : dateText(now.day));
    const list = this.element.querySelector("[data-agenda-list]")!;
    list.textContent = "";
    for (const item of items.slice(0, MOST)) list.appendChild(this.row(item, now, !today.length));
    return true;
  }

  private row(gathering: Gathering, now: Now, isLater: boolean): HTMLElement {
    const { activity, occurrence, stage } = gathering;
    const row = make("li", "");
    const when = make("p", "a-when", startText(occurrence) || say("activities.hoursUnknown"));
    if (occurrence.start === null || startText(occurrence).length > 5) when.classList.add("is-words");
    if (isLater) when.appendChild(make("span", "", dayText(occurrence.day, now)));
    row.appendChild(when);
    const what = row.appendChild(make("div", ""));
    what.appendChild(make("h3", "", activity.name));
    what.appendChild(make("p", "", whereText(this.world, gathering)));
    const state = stageText(occurrence, stage);
    if (state) what.appendChild(make("p", "a-fine", state));
    return row;
  }

  private text(place: string, text: string): void {
    this.element.querySelector(place)!.textContent = text;
  }
}
