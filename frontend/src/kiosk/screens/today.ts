// What takes place today, and on the six days after it. Where the clock cannot be right it names no day.

import { make } from "../../core/dom";
import { emptyState } from "../../core/empty-state";
import { say, sayList } from "../../core/words";
import { dayItems, gathered, soonest, unpackActivities, type Activity, type Gathering, type Item, type PackedActivities } from "../../events/agenda";
import { rowsOf } from "../../events/place-text";
import { dateText, dayText } from "../../events/time-text";
import { dateOf, weekdayOf } from "../../schedule/calendar";
import { nowInZone } from "../../schedule/clock";
import type { Now } from "../../schedule/opening-hours";
import { activityCard } from "../cards/activity-card";
import { readHeldAddress } from "../cards/choices";
import { kindFacet, Narrowing, nearFacet, townFacet, type Listed } from "../cards/narrowing";
import { chooseTab, fillList } from "../cards/page-blocks";
import type { App } from "../core/app";
import type { World } from "../core/hall";
import type { Memory, Screen } from "../core/router";
import { showCodes } from "../widgets/qr-codes";

const DAYS = 7;
const SOONEST = 12;
const LONGEST_NAME = 6; // that a day's key has room for: 明天, but not "Tomorrow"

export function todayScreen({ world, host }: App, element: HTMLElement): Screen {
  const part = (name: string): HTMLElement => element.querySelector<HTMLElement>(`[data-${name}]`)!;
  const regular = Array.from(part("stock").children) as HTMLElement[];
  const undated = Array.from(part("undated").children) as HTMLElement[];
  let activities: Activity[] | null = null;

  const narrowing = new Narrowing(element, [townFacet(world), kindFacet(), nearFacet(world)], (count) => say("kioskPages.items", { count }));

  function held(day: number, now: Now): Gathering[] {
    return gathered(left(dayItems(activities!, day, now)));
  }

  function left(items: readonly Item[]): Item[] {
    return items.filter((item) => narrowing.passes(asListed(item)));
  }

  /** The cards of one day; where it has none, what comes next, or what is known without a time. */
  function showDay(day: number, now: Now, memory: Memory): void {
    const items = held(day, now);
    const all = dayItems(activities!, day, now);
    const coming = items.length ? [] : soonest(activities!, now, Infinity);
    const next = gathered(left(coming)).slice(0, SOONEST);
    part("name").textContent = dayText(day, now);
    part("date").textContent = dateText(day);
    const nothing = all.length ? say("kioskPages.nothing") : none(day === now.day); // of what was asked for, or at all
    const { length } = items;
    part("told").textContent = length ? say("kioskPages.items", { count: length }) : nothing + instead(next.length, coming.length);
    tellNote(part("note"), day, now);
    if (!items.length && !coming.length) return showStock(undated, memory);
    const shown = items.length ? items : next;
    const known = gathered(all.length ? all : coming).map((one) => ({ rows: rowsOf(one), kind: one.activity.kind }));
    narrowing.show(known, memory, (own) => fillList(element, shown.length, (at) => activityCard(world, shown[at]!, items.length ? null : now), own));
  }

  function instead(next: number, coming: number): string {
    if (next) return say("kioskPages.nextIs");
    return undated.length && !coming ? say("kioskPages.undated") : "";
  }

  function showStock(cards: readonly HTMLElement[], memory: Memory): void {
    const all = cards.map((card) => ofCard(world, card));
    const shown = cards.filter((_, at) => narrowing.passes(all[at]!));
    narrowing.show(all, memory, (own) => fillList(element, shown.length, (at) => shown[at]!.cloneNode(true) as HTMLElement, own));
    if (!cards.length) part("cards").appendChild(emptyState(say("kioskPages.noneAtAll"), say("kioskPages.noneAtAllText")));
  }

  function showWeek(now: Now, memory: Memory): void {
    part("tabs").textContent = "";
    const keys = Array.from({ length: DAYS }, (_, at) => dayKey(now.day + at, now, held(now.day + at, now)));
    keys.forEach((key) => part("tabs").appendChild(key));
    chooseTab(keys, memory, (name, own) => showDay(now.day + Number(name), now, own));
  }

  return {
    name: "today",
    enter(_element, _what, memory) {
      const now = nowInZone();
      activities = activities || unpackActivities(window.HAITANG!["activities"] as PackedActivities);
      part("clock").hidden = !!now;
      for (const name of ["name", "date", "told"]) part(name).textContent = "";
      part("tabs").textContent = "";
      if (!now) part("note").hidden = true;
      const fill = (): void => (now ? showWeek(now, memory) : showStock(regular, memory));
      narrowing.open(memory, fill);
      fill();
      showCodes(element, host);
    },
    leave() {
      part("cards").textContent = "";
    },
  };
}

function asListed({ activity: { row, kind } }: Item): Listed {
  return { rows: [row], kind };
}

/** What templates/kiosk/screens/today.html wrote. */
function ofCard({ places }: World, card: HTMLElement): Listed {
  const [screen = "", what = ""] = card.dataset.go!.split(/:(.*)/);
  const held = screen === "list" ? readHeldAddress(what, places.id.length) : null;
  return { rows: held ? held.rows : [places.id.indexOf(what)].filter((row) => row >= 0), kind: card.dataset.kind || "" };
}

/** A day by its name and date, with how much it holds. */
function dayKey(day: number, now: Now, items: readonly Gathering[]): HTMLElement {
  const key = make("button", "k-tab k-day-key");
  key.type = "button";
  key.dataset.tab = String(day - now.day);
  key.dataset.primary = "";
  const near = day <= now.day + 1 ? dayText(day, now) : "";
  const name = near && near.length <= LONGEST_NAME ? near : sayList("activities.weekday")[weekdayOf(day)]!;
  key.appendChild(make("b", "", name));
  key.appendChild(make("small", "", say("kioskPages.dayOf", { day: dateOf(day).day })));
  key.appendChild(make("small", "", items.length ? say("kioskPages.items", { count: items.length }) : say("kioskPages.nothing")));
  return key;
}

function none(isToday: boolean): string {
  return isToday ? say("kioskPages.noneToday") : say("kioskPages.noneDay");
}

function tellNote(line: HTMLElement, day: number, { calendar }: Now): void {
  const year = dateOf(day).year;
  line.textContent = calendar.off.has(day) ? say("activities.doubtHoliday") : day > calendar.lastKnown ? say("activities.notAnnounced", { year }) : "";
  line.hidden = !line.textContent;
}
