// The open state in words, and where a page shows it. It says nothing it cannot know: hours that are missing, or a clock that
// cannot be right, leave the page as it was built.

import { make } from "../core/dom";
import { monthName, say, sayList } from "../core/words";
import { weekdayOf } from "./calendar";
import { nowInZone } from "./clock";
import { clockTime, dayOf, readHours, seasonOf, stateOf, type Day, type Now, type Opening, type Span, type State } from "./opening-hours";

const CLASSES = ["is-open", "is-closing", "is-closed", "is-unsure"];

/** A state as a class and a text; null where nothing can be said. */
export function describe(state: State): { cls: string; text: string } | null {
  if (state.kind === "unknown") return null;
  if (state.kind === "unsure") return { cls: "is-unsure", text: UNSURE[state.reason]() };
  const text = state.kind === "closed" ? closedText(state.next) : openText(state);
  const cls = state.kind === "always" ? "is-open" : `is-${state.kind}`;
  return { cls, text: state.noted ? say("state.noted", { state: text }) : text };
}

const UNSURE = {
  holiday: () => say("state.unsureHoliday"),
  part: () => say("state.unsurePart"),
  worked: () => say("state.unsureWorked"),
  season: () => say("state.unsureSeason"),
  night: () => say("state.unsureNight"),
};

function openText(state: State & { kind: "always" | "open" | "closing" }): string {
  if (state.kind === "always") return say("state.openAlways");
  if (state.kind === "closing") return say("state.closing", { time: clockTime(state.until) });
  return state.until === null ? say("state.openNow") : say("state.open", { time: clockTime(state.until) });
}

function closedText(next: Opening | null): string {
  if (!next) return say("state.closed");
  const time = clockTime(next.minute);
  if (next.inDays === 0) return say("state.opensToday", { time });
  if (next.inDays === 1) return say("state.opensTomorrow", { time });
  if (next.inDays <= 6) return say("state.opensThisWeek", { day: sayList("state.days")[next.weekday]!, time });
  return say("state.opensLater", { month: monthName(next.month), day: next.day, time });
}

/** Tells the states in a part of the page, for what was made after the page was. */
export function refresh(root: ParentNode): void {
  const now = nowInZone();
  if (!now) return;
  root.querySelectorAll<HTMLElement>("[data-hours]").forEach((element) => showState(element, now));
  root.querySelectorAll<HTMLElement>("[data-week]").forEach((weeks) => showWeeks(weeks, now));
}

function showState(element: HTMLElement, now: Now): void {
  const told = describe(stateOf(element.dataset.hours || hoursBelow(element), now));
  if (!told) return;
  CLASSES.forEach((name) => element.classList.toggle(name, name === told.cls));
  const target = element.querySelector("[data-state]") || element;
  if (target.textContent !== told.text) target.textContent = told.text;
}

/** In the head of a place's page stand no hours of its own: those of the week below hold. */
function hoursBelow(element: HTMLElement): string {
  const week = element.closest(".state-line") && document.querySelector<HTMLElement>("[data-week]");
  return (week && week.dataset.week) || "";
}

/** The weeks of a place: today's season comes first, today's row is marked, and what is special about today is said. */
function showWeeks(weeks: HTMLElement, now: Now): void {
  const hours = readHours(weeks.dataset.week || "");
  if (!hours) return;
  const today = dayOf(hours, now.day, now.calendar);
  weeks.querySelectorAll<HTMLElement>("[data-season]").forEach((table) => markSeason(table, now));
  weeks.querySelectorAll<HTMLTableElement>("table:not(.is-other)").forEach((table) => {
    Array.from(table.rows).slice(0, 7).forEach((row, weekday) => markToday(row, weekday, today, now));
  });
  const line = weeks.querySelector<HTMLElement>("[data-today]") || weeks.insertBefore(make("p", "fine"), weeks.firstChild);
  line.dataset.today = "";
  tell(line, today);
}

function markSeason(table: HTMLElement, now: Now): void {
  const current = isNow(table, now);
  table.classList.toggle("is-now", current);
  const mark = table.querySelector<HTMLElement>("[data-now]");
  if (mark) mark.hidden = !current;
  const first = table.parentElement!.querySelector("[data-season]")!;
  if (current && first !== table) table.parentElement!.insertBefore(table, first);
}

function isNow(table: HTMLElement, now: Now): boolean {
  const hours = readHours(`${table.dataset.season}@||||||`);
  return !!hours && !!seasonOf(hours, now.day);
}

/** Only where the row says what holds today: on a holiday it would mark hours that nobody keeps. */
function markToday(row: HTMLElement, weekday: number, { spans, usual, unsure, dated }: Day, now: Now): void {
  const table = row.closest<HTMLElement>("[data-season]");
  const holds = !unsure && !dated && (spans === usual || (!spans.length && !usual.length));
  const today = holds && weekday === weekdayOf(now.day) && (!table || isNow(table, now));
  row.classList.toggle("is-today", today);
  if (today) row.setAttribute("aria-current", "date");
  else row.removeAttribute("aria-current");
}

function tell(line: HTMLElement, today: Day): void {
  const text = todayText(today);
  if (line.textContent !== text) line.textContent = text;
  line.hidden = !text;
  line.classList.toggle("is-special", !!today.special || !!today.unsure || today.dated);
}

function todayText({ special, unsure, spans, usual, noted, dated }: Day): string {
  if (unsure === "season") return say("state.seasonUnsure");
  if (unsure === "holiday") return say("state.holidayUnsure");
  if (unsure === "part") return say("state.unsurePart");
  if (unsure === "worked") return say("state.workedUnsure");
  if (special === "holiday" && !spans.length) return say("state.holidayClosed");
  if (special === "holiday" && spans !== usual) return say("state.holidayHours", { hours: written(spans) });
  if (dated) return spans.length ? say("state.datedOpen", { hours: written(spans) }) : say("state.datedClosed");
  if (special === "holiday") return say("state.holidayOpen");
  // A worked Sunday with the hours of any Sunday is nothing special.
  if (special === "worked" && spans !== usual) return say("state.workedOpen", { hours: written(spans) });
  return noted ? say("state.notAnnounced") : "";
}

/** `08:30–11:30、13:30–17:00`. */
function written(spans: Span[]): string {
  return spans.map(([start, end]) => `${clockTime(start)}–${clockTime(end)}`).join(say("state.and"));
}

/** Tells the states of the whole page, now, as every minute turns, and at once on a phone that wakes up. */
export function keepStates(): void {
  tick();
  document.addEventListener("visibilitychange", () => document.hidden || refresh(document));
}

function tick(): void {
  if (!document.hidden) refresh(document);
  setTimeout(tick, 60000 - (Date.now() % 60000));
}
