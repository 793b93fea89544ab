// On every page: tells from the hours in the page what is open now, and marks today in weeks. It says nothing it cannot know:
// hours that are missing, or a clock that cannot be right, leave the page as it was built.

import { clock, readWeek, stateAt, type State } from "./hours";

const DAY_MS = 86400000;
const CLASSES = ["is-open", "is-closing", "is-closed"];

type Words = { [state: string]: string | undefined };

function words(): Words {
  const carrier = document.querySelector<HTMLMetaElement>('meta[name="haitang-words"]');
  return carrier ? (JSON.parse(carrier.content) as Words) : {};
}

/** The time in Shanghai as if it were UTC: UTC+8 the whole year, whatever the visitor's zone. */
function shanghai(): Date {
  return new Date(Date.now() + 8 * 3600000);
}

function clockIsCredible(): boolean {
  const built = Date.parse(`${document.documentElement.dataset.built || ""}T00:00:00+08:00`);
  const age = Date.now() - built;
  return age >= 0 && age <= 400 * DAY_MS; // false as well where there is no date (NaN)
}

function say(state: State, texts: Words): [cls: string, text: string | undefined] {
  if (state.kind === "always") return ["is-open", texts["openAlways"]];
  if (state.kind !== "closed") return [`is-${state.kind}`, filled(texts[state.kind], state.until)];
  const { next } = state;
  const day = next === null ? "" : next < 1440 ? "opensToday" : next < 2880 ? "opensTomorrow" : "";
  // "today 00:00" would be wrong for midnight tonight, so the day is told from the minute and the time from the rest of it.
  return ["is-closed", (day && filled(texts[day], next! % 1440)) || texts["closed"]];
}

function filled(text: string | undefined, minutes: number): string | undefined {
  return text && text.replace("{time}", clock(minutes));
}

function show(texts: Words): void {
  if (!clockIsCredible()) return;
  const now = shanghai();
  const weekday = (now.getUTCDay() + 6) % 7;
  const minute = now.getUTCHours() * 60 + now.getUTCMinutes();
  document.querySelectorAll<HTMLElement>("[data-hours]").forEach((element) => {
    const week = readWeek(element.dataset.hours || "");
    const [cls, text] = week ? say(stateAt(week, weekday, minute), texts) : ["", undefined];
    if (!text) return;
    element.classList.remove(...CLASSES);
    element.classList.add(cls);
    const target = element.querySelector("[data-state]") || element;
    if (target.textContent !== text) target.textContent = text;
  });
  document.querySelectorAll<HTMLElement>("[data-day]").forEach((row) => {
    const today = row.dataset.day === String(weekday + 1);
    row.classList.toggle("is-today", today);
    if (today) row.setAttribute("aria-current", "date");
    else row.removeAttribute("aria-current");
  });
}

function keep(texts: Words): void {
  if (!document.hidden) show(texts);
  setTimeout(() => keep(texts), 60000 - (Date.now() % 60000)); // as the minute turns
}

document.documentElement.classList.remove("no-js");
const texts = words();
keep(texts);
// A phone that wakes up shows the state of now at once.
document.addEventListener("visibilitychange", () => document.hidden || show(texts));
