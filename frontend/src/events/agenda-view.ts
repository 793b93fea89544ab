// Activities on a page: today's and the next days' agenda, the next time of each activity in a list, and what is over leaves.
// Where the clock cannot be right, or the data does not come, the page stays the timetable it was built as.

import { make } from "../core/dom";
import { emptyState } from "../core/empty-state";
import { say } from "../core/words";
import { blocksOf } from "../data/blocks";
import type { Points, Town } from "../data/directory";
import { metresBetween, type Spot } from "../data/geo";
import { load, script } from "../data/loader";
import { dateOf } from "../schedule/calendar";
import { nowOfPlans } from "../schedule/clock";
import type { Now } from "../schedule/opening-hours";
import { dayItems, gathered, nearestFirst, soonest, unpackActivities, type Activity, type Gathering, type Item, type PackedActivities } from "./agenda";
import { lineOf, namedRows, type Known } from "./agenda-line";
import { showNext, showNone } from "./listed-times";
import { dateText, dayText } from "./time-text";

const SHOWN = 8; // of one day, before more is asked for
const OF_A_WEEK = 4; // of each of its days
const AT_HOME = 2; // as in haitang/site/views/__init__.py
const DAYS = 7;
const NAMED = 3; // activities that stand for a day's

/** How the visitor says where she is, and how far that is told: rooms that come after this one. */
export interface Nearness {
  nearby: (ways: { towns: Town[]; chooseSpot: null; mapPage: string; changed: (origin: Spot | null) => void }) => Choice;
  addDistance: Known["addDistance"];
}

interface Choice {
  button: HTMLElement;
  panel: HTMLElement;
  resume(): Spot | null;
}

export function startAgendas(nearness: Nearness): void {
  const inWeChat = /MicroMessenger/i.test(navigator.userAgent);
  if (inWeChat) document.querySelectorAll<HTMLElement>("[data-calendar]").forEach((box) => box.appendChild(make("p", "fine", say("activities.inWechat"))));
  const root = document.documentElement.dataset.site || "";
  const agendas = document.querySelectorAll<HTMLElement>("[data-agenda]");
  if (!agendas.length) keep(null);
  else void knownOf(root, nearness.addDistance).then((known) => offerNearness(known, nearness).then(() => keep(known))).catch((error: unknown) => {
    console.warn(String(error));
    keep(null);
  });
}

/** What a page tells from: its own part of all activities. */
function knownOf(root: string, addDistance: Known["addDistance"]): Promise<Known> {
  return blocksOf(root).then((blocks) => Promise.all([blocks ? blocks.data.places : load(root, "places"), script(root, "activities")]).then(([places]) => {
    const all = unpackActivities(window.HAITANG!["activities"] as PackedActivities);
    const part = document.querySelector<HTMLElement>(".programme")!.dataset.only || "";
    const value = part.slice(part.indexOf(":") + 1);
    const isOfPart = ({ kind, row }: Activity): boolean =>
      !part || (part.indexOf("kind:") === 0 ? kind === value : places.towns[places.town[row]!]!.id === value);
    return { activities: all.filter(isOfPart), places, root, blocks, metres: null, told: 0, addDistance };
  }));
}

/** The same choice as lists have; what the visitor said earlier in this visit holds here too. */
function offerNearness(known: Known, { nearby }: Nearness): Promise<void> {
  const slot = document.querySelector<HTMLElement>("[data-near]");
  if (!slot) return Promise.resolve();
  const measure = (origin: Spot | null): Promise<void> => (origin ? pointsOf(known) : Promise.resolve(null)).then((points) => {
    known.metres = points && ((row) => (points.precise[row] ? metresBetween(origin!, { lon: points.lon[row]!, lat: points.lat[row]! }) : null));
    known.told++;
  }, (why: unknown) => console.warn(String(why)));
  const choice = nearby({
    towns: known.places.towns, chooseSpot: null, mapPage: `${known.root}map.html?near=choose`, changed: (origin) => void measure(origin).then(() => tell(known)),
  });
  slot.appendChild(choice.button);
  slot.appendChild(choice.panel);
  return measure(choice.resume());
}

function pointsOf({ blocks, root }: Known): Promise<Points> {
  return blocks ? blocks.spots().then(() => blocks.data.points) : load(root, "points");
}

/** Now, as every minute turns, and at once on a phone that wakes up. */
function keep(known: Known | null): void {
  const tick = (): void => {
    tell(known);
    setTimeout(tick, 60000 - (Date.now() % 60000));
  };
  tick();
  document.addEventListener("visibilitychange", () => tell(known));
}

function tell(known: Known | null): void {
  const now = document.hidden ? null : nowOfPlans();
  if (!now) return;
  const tellLists = (): void => {
    document.querySelectorAll<HTMLElement>("[data-when]").forEach((line) => showNext(line, now));
    showNone();
  };
  if (known) tellAgendas(known, now, tellLists);
  else tellLists();
}

/** All at once, and the lists in the end: what came later would push aside what is being read. */
function tellAgendas(known: Known, now: Now, tellLists: () => void): void {
  const plans: Plan[] = [];
  document.querySelectorAll<HTMLElement>("[data-agenda]").forEach((part) => {
    const plan = AGENDAS[part.dataset.agenda!]!(part, known, now);
    if (plan) plans.push(plan);
  });
  const show = (): void => {
    plans.forEach((plan) => plan.show());
    const slot = document.querySelector<HTMLElement>("[data-near]");
    if (slot) slot.hidden = false;
    replaceTimetable();
    tellLists();
  };
  if (!plans.length) return tellLists();
  const wait = known.blocks && known.blocks.rows(([] as number[]).concat(...plans.map(({ rows }) => rows)));
  if (!wait) return show();
  wait.then(show, (why: unknown) => {
    console.warn(String(why));
    tellLists();
  });
}

// --- agendas ---

/** What is to be shown, and of which rows the names must be there. */
interface Plan {
  rows: number[];
  show(): void;
}

interface DayItems {
  day: number;
  items: Gathering[];
}

const AGENDAS: { [name: string]: (part: HTMLElement, known: Known, now: Now) => Plan | null } = {
  today: (part, known, now) => {
    const items = inOrder(dayItems(known.activities, now.day, now), known);
    return plan(part, items, firstOf(items, SHOWN), known, now, () => {
      part.querySelector("[data-date]")!.textContent = dateText(now.day);
      note(part, now, now.day);
      fill(part.querySelector("ol")!, items, known, SHOWN);
      const none = part.querySelector(".empty");
      if (items.length && none) none.remove();
      const isPart = part.closest("[data-only]") !== null;
      if (!items.length && !none && !isPart) part.appendChild(emptyState(say("activities.noneToday"), say("activities.noneTodayText")));
      part.hidden = isPart && !items.length;
    });
  },
  next: (part, known, now) => {
    const days = daysFrom(now.day + 1, known, now).filter(({ items }) => items.length > 0);
    return plan(part, all(days), [], known, now, () => {
      foldDays(part.querySelector("[data-days]")!, days, known, now);
      part.hidden = !days.length;
    });
  },
  later: (part, known, now) => {
    const items = inOrder(soonest(known.activities, now, Infinity, now.day + DAYS), known);
    return plan(part, items, firstOf(items, OF_A_WEEK), known, now, () => {
      fill(part.querySelector("ol")!, items, known, OF_A_WEEK, now);
      part.hidden = !items.length;
    });
  },
  week: (part, known, now) => {
    const days = daysFrom(now.day, known, now);
    const shown = ([] as Gathering[]).concat(...days.map(({ items }) => firstOf(items, OF_A_WEEK)));
    return plan(part, all(days), shown, known, now, () => {
      note(part, now, now.day + DAYS - 1);
      showDays(part.querySelector("[data-days]")!, days, known, now);
      part.hidden = false;
    });
  },
  home: (part, known, now) => {
    const today = inOrder(dayItems(known.activities, now.day, now), known).filter(({ stage, occurrence }) => stage !== "past" && !occurrence.cancelled);
    const items = (today.length ? today : gathered(soonest(known.activities, now, Infinity))).slice(0, AT_HOME);
    return plan(part, items, items, known, now, () => {
      part.querySelector<HTMLElement>("[data-today]")!.hidden = !today.length;
      part.querySelector<HTMLElement>("[data-soonest]")!.hidden = today.length > 0;
      note(part, now, now.day);
      fill(part.querySelector("ol")!, items, known, AT_HOME, today.length ? null : now);
      part.hidden = !items.length;
    });
  },
};

/** Null where nothing is to be said anew: a list that is replaced under a reader's finger is lost. */
function plan(part: HTMLElement, items: Gathering[], named: Gathering[], known: Known, now: Now, show: () => void): Plan | null {
  const told = items.map(({ activity, places, occurrence, stage }) => `${activity.row}${activity.name}${places.length}${occurrence.day}${occurrence.start}${stage}`);
  const state = [now.day, known.told, ...told].join();
  if (part.dataset.state === state) return null;
  const shown = (): void => {
    part.dataset.state = state;
    show();
  };
  return { rows: ([] as number[]).concat(...named.map(namedRows)), show: shown };
}

function inOrder(items: readonly Item[], { metres }: Known): Gathering[] {
  return metres ? nearestFirst(gathered(items), metres) : gathered(items);
}

function daysFrom(first: number, known: Known, now: Now): DayItems[] {
  return Array.from({ length: DAYS }, (_, at) => ({ day: first + at, items: inOrder(dayItems(known.activities, first + at, now), known) }));
}

function all(days: readonly DayItems[]): Gathering[] {
  return ([] as Gathering[]).concat(...days.map(({ items }) => items));
}

/** The timetable without a script says the same as what has come in its place: it goes, or where it is all there is, behind a line. */
function replaceTimetable(): void {
  const list = document.querySelector<HTMLElement>("[data-static]");
  if (!list || !document.querySelector("[data-agenda]:not([hidden])")) return;
  if (list.dataset.static !== "fold") {
    list.hidden = true;
    return;
  }
  if (list.parentElement!.localName === "details") return;
  const folded = make("details", "timetable");
  folded.appendChild(make("summary", "")).appendChild(make("h2", "", say("activities.timetable")));
  list.parentNode!.insertBefore(folded, list);
  folded.appendChild(list);
}

function showDays(box: HTMLElement, days: DayItems[], known: Known, now: Now): void {
  box.textContent = "";
  if (days.every(({ items }) => !items.length)) {
    box.appendChild(emptyState(say("activities.noneWeek"), say("activities.noneWeekText")));
    return;
  }
  for (const { day, items } of days) {
    const part = make("section", `agenda-day${day === now.day ? " is-today" : ""}${items.length ? "" : " is-bare"}`);
    part.appendChild(dayHeading(day, now));
    if (items.length) fill(part.appendChild(make("ol", "agenda")), items, known, OF_A_WEEK);
    else part.appendChild(make("p", "", say("activities.noneDay")));
    box.appendChild(part);
  }
}

/** A line a day, with what it holds behind it; those that stood open stay so. */
function foldDays(box: HTMLElement, days: DayItems[], known: Known, now: Now): void {
  const held = document.activeElement && box.contains(document.activeElement) ? document.activeElement.closest<HTMLElement>("[data-day]") : null;
  const open = Array.from(box.querySelectorAll<HTMLElement>("details[open][data-day]")).map(({ dataset }) => dataset.day);
  box.textContent = "";
  for (const { day, items } of days) {
    const folded = box.appendChild(make("details", "agenda-day"));
    folded.dataset.day = String(day);
    const line = folded.appendChild(make("summary", ""));
    line.appendChild(dayHeading(day, now));
    line.appendChild(make("span", "", dayNames(items)));
    const list = folded.appendChild(make("ol", "agenda"));
    folded.addEventListener("toggle", () => list.firstChild || fill(list, items, known, SHOWN));
    if (open.indexOf(folded.dataset.day) >= 0) folded.open = true;
    if (held && held.dataset.day === folded.dataset.day) line.focus({ preventScroll: true });
  }
}

function dayHeading(day: number, now: Now): HTMLElement {
  const heading = make("h3", "", dayText(day, now));
  if (day === now.day || day === now.day + 1) heading.appendChild(make("small", "", dateText(day)));
  return heading;
}

function dayNames(items: readonly Gathering[]): string {
  const names = Array.from(new Set(items.map(({ activity }) => activity.name)));
  const values = { count: items.length, names: names.slice(0, NAMED).join(say("map.separator")) };
  return names.length > NAMED ? say("activities.dayNamesMore", values) : say("activities.dayNames", values);
}

/** What holds for the days shown: a holiday, or a year whose holidays are not known. */
function note(part: HTMLElement, now: Now, last: number): void {
  const line = part.querySelector<HTMLElement>("[data-note]")!;
  const text = now.calendar.off.has(now.day) ? say("activities.holidayToday")
    : last > now.calendar.lastKnown ? say("activities.notAnnounced", { year: dateOf(last).year }) : "";
  line.textContent = text;
  line.hidden = !text;
}

/** The first `count`, and a button for the others. `dated`: the day is said too, where the list is not one day's. */
function fill(list: HTMLElement, items: Gathering[], known: Known, count: number, dated: Now | null = null): void {
  const held = document.activeElement instanceof HTMLAnchorElement && list.contains(document.activeElement) ? document.activeElement.href : "";
  const shown = firstOf(items, count);
  const wait = known.blocks && known.blocks.rows(([] as number[]).concat(...shown.map(namedRows)));
  if (wait) return void wait.then(() => fill(list, items, known, count, dated), (why: unknown) => console.warn(String(why)));
  list.textContent = "";
  shown.forEach((item) => list.appendChild(lineOf(item, known, dated)));
  const after = list.nextElementSibling;
  if (after && after.classList.contains("agenda-more")) after.remove();
  const rest = items.slice(shown.length);
  if (rest.length) list.insertAdjacentElement("afterend", moreButton(list, rest, known, dated));
  const again = held && Array.from(list.querySelectorAll("a")).filter((link) => link.href === held)[0];
  if (again) again.focus({ preventScroll: true });
}

/** One more where it is the last one: a button takes as much room. */
function firstOf(items: Gathering[], count: number): Gathering[] {
  return items.slice(0, items.length === count + 1 ? count + 1 : count);
}

function moreButton(list: HTMLElement, rest: Gathering[], known: Known, dated: Now | null): HTMLElement {
  const more = make("button", "btn agenda-more", say("activities.restCount", { count: rest.length }));
  more.type = "button";
  more.addEventListener("click", () => {
    const wait = known.blocks && known.blocks.rows(([] as number[]).concat(...rest.map(namedRows)));
    if (wait) return void wait.then(() => more.click(), (why: unknown) => console.warn(String(why)));
    const lines = rest.map((item) => list.appendChild(lineOf(item, known, dated)));
    more.remove();
    const next = lines[0]!.querySelector<HTMLElement>("a, summary");
    if (next) next.focus();
  });
  return more;
}
