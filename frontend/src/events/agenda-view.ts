// Activities on a page: today's and this week's agenda, the next time of each activity in a list, and what is over leaves.
// Where the clock cannot be right, or the data does not come, the page stays the timetable it was built as.

import { make } from "../core/dom";
import { emptyState } from "../core/empty-state";
import { say } from "../core/words";
import { blocksOf, type Blocks } from "../data/blocks";
import type { Places } from "../data/directory";
import { load, script } from "../data/loader";
import { dateOf } from "../schedule/calendar";
import { nowOfPlans } from "../schedule/clock";
import { clockTime, type Now } from "../schedule/opening-hours";
import { FOREVER, isOver, lastDay, readWhen, stageOf, type Occurrence } from "../schedule/recurrence";
import { unpackActivities, dayItems, mondayOf, soonest, upcoming, type Activity, type Item, type PackedActivities } from "./agenda";
import { dateText, dayText, doubtText, stageText, startText, whenText } from "./time-text";

const SHOWN = 30; // of one day, before more is asked for
const AT_HOME = 3;
const DAYS = 6;
const DAY = 1440;

interface Known {
  activities: Activity[];
  places: Places;
  root: string;
  blocks: Blocks | null;
}

export function startAgendas(): void {
  const inWeChat = /MicroMessenger/i.test(navigator.userAgent);
  if (inWeChat) document.querySelectorAll<HTMLElement>("[data-calendar]").forEach((box) => box.appendChild(make("p", "fine", say("activities.inWechat"))));
  const root = document.documentElement.dataset.site || "";
  const agendas = document.querySelectorAll<HTMLElement>("[data-agenda]");
  if (!agendas.length) keep(null);
  else void blocksOf(root).then((blocks) => Promise.all([blocks ? blocks.data.places : load(root, "places"), script(root, "activities")]).then(
    ([places]) => keep({ activities: unpackActivities(window.HAITANG!["activities"] as PackedActivities), places, root, blocks }),
  )).catch((error: unknown) => {
    console.warn(String(error));
    keep(null);
  });
}

/** Now, as every minute turns, and at once on a phone that wakes up. */
function keep(known: Known | null): void {
  const tell = (): void => {
    const now = document.hidden ? null : nowOfPlans();
    if (!now) return;
    document.querySelectorAll<HTMLElement>("[data-when]").forEach((line) => showNext(line, now));
    if (known) document.querySelectorAll<HTMLElement>("[data-agenda]").forEach((part) => AGENDAS[part.dataset.agenda!]!(part, known, now));
    showNone();
  };
  const tick = (): void => {
    tell();
    setTimeout(tick, 60000 - (Date.now() % 60000));
  };
  tick();
  document.addEventListener("visibilitychange", tell);
}

// --- an activity in a list ---

function showNext(line: HTMLElement, now: Now): void {
  const when = readWhen(line.dataset.when || "");
  if (!when) return;
  const target = line.querySelector<HTMLElement>("[data-next]") || lineBehind(line.querySelector(".when")!);
  if (isOver(when, now)) {
    retire(line, target);
    return;
  }
  const { cancelled, next } = upcoming(when, now);
  const off = cancelled.map((one) => say("activities.cancelledOn", { date: dayText(one.day, now) })).slice(0, 2);
  const once = lastDay(when) < FOREVER && when.rules.length === 1 && !off.length;
  const text = off.join("") + (next ? nextText(next, now, once) : "");
  if (target.textContent !== text) target.textContent = text;
  target.hidden = !text;
  target.classList.toggle("is-doubt", !!next && !!next.doubt);
}

function lineBehind(time: Element): HTMLElement {
  const line = make("p", "event-next");
  line.dataset.next = "";
  return time.parentNode!.insertBefore(line, time.nextSibling);
}

/** `once`: there is no other time it could be the next of. */
function nextText(next: Occurrence, now: Now, once: boolean): string {
  const stage = stageText(next, stageOf(next, now));
  const doubt = doubtText(next.doubt);
  const text = stage || (once ? whenText(next, now) : say("activities.next", { when: whenText(next, now) }));
  return doubt ? say("activities.withDoubt", { text, doubt }) : text;
}

/** What is over goes to the folded list, or on its place's page to the end. */
function retire(line: HTMLElement, target: HTMLElement): void {
  line.removeAttribute("data-when");
  line.classList.add("is-over");
  target.remove();
  const time = line.querySelector(".when");
  if (time) {
    time.appendChild(document.createTextNode(" "));
    time.appendChild(make("span", "tag s-over", say("activities.past")));
  }
  const folded = document.querySelector<HTMLElement>("[data-over]");
  const run = line.closest<HTMLElement>(".run");
  const list = folded ? folded.querySelector("ul") : line.parentElement;
  if (!list) return;
  list.appendChild(line);
  if (!folded) return;
  folded.hidden = false;
  folded.dataset.over = String(Number(folded.dataset.over) + 1);
  folded.querySelector("summary h2")!.textContent = say("activities.over", { count: folded.dataset.over });
  if (run && !run.querySelector(".event")) run.hidden = true;
}

/** Nothing is left: the page says so as kindly as one that was built empty. */
function showNone(): void {
  const none = document.querySelector<HTMLElement>("[data-none]");
  if (!none || document.querySelector(".pages")) return; // other pages may hold some
  none.hidden = document.querySelector(".programme [data-when]") !== null;
  if (!none.hidden) document.querySelectorAll<HTMLElement>("[data-agenda]").forEach((part) => (part.hidden = true));
}

// --- agendas ---

const AGENDAS: { [name: string]: (part: HTMLElement, known: Known, now: Now) => void } = {
  today: (part, known, now) => {
    const items = dayItems(known.activities, now.day, now);
    if (!fresh(part, items, now)) return;
    part.querySelector("[data-date]")!.textContent = dateText(now.day);
    note(part, now, now.day);
    const list = part.querySelector("ol")!;
    fill(list, items, known);
    const none = list.nextElementSibling && list.nextElementSibling.classList.contains("empty") ? list.nextElementSibling : null;
    if (items.length && none) none.remove();
    if (!items.length && !none) part.appendChild(emptyState(say("activities.noneToday"), say("activities.noneTodayText")));
    part.hidden = false;
  },
  next: (part, known, now) => {
    const days: DayItems[] = [];
    for (let day = now.day + 1; day <= now.day + DAYS; day++) days.push({ day, items: dayItems(known.activities, day, now) });
    const held = days.filter(({ items }) => items.length > 0);
    if (fresh(part, ([] as Item[]).concat(...held.map(({ items }) => items)), now)) showDays(part.querySelector("[data-days]")!, held, known, now);
    part.hidden = !held.length;
  },
  week: (part, known, now) => {
    const monday = mondayOf(now.day);
    const days = [0, 1, 2, 3, 4, 5, 6].map((at) => ({ day: monday + at, items: dayItems(known.activities, monday + at, now) }));
    if (fresh(part, ([] as Item[]).concat(...days.map(({ items }) => items)), now)) showWeek(part, days, known, now);
    part.hidden = false;
    hideStatic();
  },
  home: (part, known, now) => {
    const today = dayItems(known.activities, now.day, now).filter(({ stage, occurrence }) => stage !== "past" && !occurrence.cancelled);
    const items = today.length ? today.slice(0, AT_HOME) : soonest(known.activities, now, AT_HOME);
    if (!fresh(part, items, now)) return;
    part.querySelector<HTMLElement>("[data-soonest]")!.hidden = today.length > 0;
    note(part, now, now.day);
    fill(part.querySelector("ol")!, items, known, today.length ? null : now);
    part.hidden = !items.length;
    if (items.length) hideStatic();
  },
};

interface DayItems {
  day: number;
  items: Item[];
}

/** Whether anything is to be said anew: a list that is replaced under a reader's finger is lost. */
function fresh(part: HTMLElement, items: Item[], now: Now): boolean {
  const state = [now.day, ...items.map(({ activity, occurrence, stage }) => `${activity.row}${activity.name}${occurrence.day}${occurrence.start}${stage}`)].join();
  if (part.dataset.state === state) return false;
  part.dataset.state = state;
  return true;
}

function hideStatic(): void {
  const list = document.querySelector<HTMLElement>("[data-static]");
  if (list) list.hidden = true;
}

function showWeek(part: HTMLElement, days: DayItems[], known: Known, now: Now): void {
  const box = part.querySelector<HTMLElement>("[data-days]")!;
  const past = days.filter(({ day }) => day < now.day);
  note(part, now, days[6]!.day);
  if (days.every(({ items }) => !items.length)) {
    box.textContent = "";
    box.appendChild(emptyState(say("activities.noneWeek"), say("activities.noneWeekText")));
    return;
  }
  showDays(box, days.filter(({ day }) => day >= now.day), known, now);
  if (past.some(({ items }) => items.length)) {
    const folded = make("details", "agenda-past");
    folded.appendChild(make("summary", "", say("activities.pastDays")));
    const inner = make("div", "");
    showDays(inner, past, known, now);
    folded.appendChild(inner);
    box.insertBefore(folded, box.firstChild);
  }
}

function showDays(box: HTMLElement, days: DayItems[], known: Known, now: Now): void {
  box.textContent = "";
  for (const { day, items } of days) {
    const part = make("section", `agenda-day${day === now.day ? " is-today" : ""}${items.length ? "" : " is-bare"}`);
    const heading = make("h3", "", dayText(day, now));
    if (day === now.day || day === now.day + 1) heading.appendChild(make("small", "", dateText(day)));
    part.appendChild(heading);
    if (items.length) fill(part.appendChild(make("ol", "agenda")), items, known);
    else part.appendChild(make("p", "", say("activities.noneDay")));
    box.appendChild(part);
  }
}

/** What holds for the days shown: a holiday, or a year whose holidays are not known. */
function note(part: HTMLElement, now: Now, last: number): void {
  const line = part.querySelector<HTMLElement>("[data-note]")!;
  const text = now.calendar.off.has(now.day) ? say("activities.holidayToday")
    : last > now.calendar.lastKnown ? say("activities.notAnnounced", { year: dateOf(last).year }) : "";
  line.textContent = text;
  line.hidden = !text;
}

/** `dated`: the day is said too, where the list is not one day's. */
function fill(list: HTMLElement, items: Item[], known: Known, dated: Now | null = null): void {
  const held = document.activeElement instanceof HTMLAnchorElement && list.contains(document.activeElement) ? document.activeElement.href : "";
  const shown = items.slice(0, SHOWN);
  const wait = known.blocks && known.blocks.rows(shown.map(({ activity }) => activity.row));
  if (wait) return void wait.then(() => fill(list, items, known, dated), (why: unknown) => console.warn(String(why)));
  list.textContent = "";
  shown.forEach((item) => list.appendChild(lineOf(item, known, dated)));
  const after = list.nextElementSibling;
  if (after && after.classList.contains("agenda-more")) after.remove();
  if (items.length > SHOWN) list.insertAdjacentElement("afterend", moreButton(list, items, known, dated));
  const again = held && Array.from(list.querySelectorAll("a")).filter((link) => link.href === held)[0];
  if (again) again.focus({ preventScroll: true });
}

function moreButton(list: HTMLElement, items: Item[], known: Known, dated: Now | null): HTMLElement {
  const more = make("button", "btn agenda-more", say("activities.restCount", { count: items.length - SHOWN }));
  more.type = "button";
  more.addEventListener("click", () => {
    const wait = known.blocks && known.blocks.rows(items.map(({ activity }) => activity.row));
    if (wait) return void wait.then(() => more.click(), (why: unknown) => console.warn(String(why)));
    const rest = items.slice(SHOWN).map((item) => list.appendChild(lineOf(item, known, dated)));
    more.remove();
    const link = rest[0]!.querySelector("a");
    if (link) link.focus();
  });
  return more;
}

function lineOf({ activity, occurrence, stage }: Item, { places, root }: Known, dated: Now | null): HTMLElement {
  const line = make("li", occurrence.cancelled ? "is-cancelled" : stage === "ahead" ? "" : `is-${stage}`);
  line.appendChild(hoursOf(occurrence, dated));
  const box = line.appendChild(make("div", ""));
  const link = make("a", "", activity.name);
  link.href = `${root}positions/${places.id[activity.row]!}.html#activities`;
  box.appendChild(make("h3", "")).appendChild(link);
  const town = places.towns[places.town[activity.row]!]!;
  const where = [places.name[activity.row]!, activity.place, town.id === town.area ? "" : town.name].filter((part) => part);
  box.appendChild(make("p", "", where.join(" · ")));
  const tags = make("p", "tags");
  const tag = (cls: string, text: string): void => {
    if (!text) return;
    tags.appendChild(make("span", `tag ${cls}`, text));
    tags.appendChild(document.createTextNode(" "));
  };
  if (occurrence.cancelled) tag("is-cancelled", say("activities.cancelled"));
  else tag(stage === "past" ? "s-over" : "is-running", stageText(occurrence, stage));
  tag("is-doubt", occurrence.cancelled ? "" : doubtText(occurrence.doubt));
  tag("", activity.kind);
  if (tags.firstChild) box.appendChild(tags);
  return line;
}

function hoursOf(one: Occurrence, dated: Now | null): HTMLElement {
  const text = startText(one);
  const hours = make("p", `hours${text ? "" : " is-unknown"}`, dated ? dayText(one.day, dated) : text || say("activities.hoursUnknown"));
  if (dated) {
    if (text) hours.appendChild(make("small", "", text));
  } else if (one.start !== null && one.end !== null && text === clockTime(one.start)) {
    const time = clockTime(one.end);
    hours.appendChild(make("small", "", one.end > DAY ? say("activities.untilNext", { time }) : say("activities.until", { time })));
  }
  return hours;
}
