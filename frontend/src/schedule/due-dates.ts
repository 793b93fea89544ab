// How far a goal's date is away. It says nothing where the clock cannot be right, and nothing of a year that has not ended.

import { say } from "../core/words";
import { dayNumber } from "./calendar";
import { nowInZone } from "./clock";

/** The last day of `2026`, `2026-12` or `2026-12-31`, as a day number; null where it is none of them. */
export function lastDay(date: string): number | null {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(date);
  if (!parts) return null;
  const year = Number(parts[1]);
  if (!parts[2]) return dayNumber(year + 1, 1, 1) - 1;
  if (parts[3]) return dayNumber(year, Number(parts[2]), Number(parts[3]));
  const month = Number(parts[2]);
  return (month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1)) - 1;
}

/** What is said of a date on a day: only a date known to the day is counted down to. */
export function dueText(date: string, today: number): string {
  const last = lastDay(date);
  if (last === null) return "";
  if (today > last) return say("due.over");
  if (date.length < 10) return "";
  return today === last ? say("due.today") : say("due.left", { days: last - today });
}

export function showDueDates(): void {
  const now = nowInZone();
  if (!now) return;
  document.querySelectorAll<HTMLElement>("[data-due]").forEach((element) => {
    element.textContent = dueText(element.dataset.due || "", now.day);
  });
}
