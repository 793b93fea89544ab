// What the clock on the wall says of this screen: whether the hall sleeps, and whether the data have grown old. A clock that
// cannot be right says nothing.

import { dayNumber } from "../../schedule/calendar";
import { nowInZone } from "../../schedule/clock";

const OLD_DAYS = 90;

/** Minutes of the day; a night that ends before it begins goes over midnight. */
export function isNight(night: readonly [from: number, until: number] | null, minute: number): boolean {
  if (!night) return false;
  const [from, until] = night;
  return from <= until ? minute >= from && minute < until : minute >= from || minute < until;
}

/** Whether the data of that day (`2026-11-24`) are too old to be relied on; false where nobody knows. */
export function isOld(built: string, today: number): boolean {
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(built);
  return !!date && today - dayNumber(Number(date[1]), Number(date[2]), Number(date[3])) > OLD_DAYS;
}

/** Says it wherever the page has a place for it. */
export function tellAge(): void {
  const now = nowInZone();
  const old = !!now && isOld(document.documentElement.dataset.built || "", now.day);
  document.documentElement.classList.toggle("is-stale", old);
  document.querySelectorAll<HTMLElement>("[data-stale]").forEach((words) => (words.hidden = !old));
}
