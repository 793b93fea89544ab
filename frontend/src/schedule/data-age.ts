// A line in the header of a page whose data are old: what may have changed, and up to which day holidays are known. Of data
// whose day nobody knows the page itself says so.

import { make } from "../core/dom";
import { monthName, say } from "../core/words";
import { dateOf, readCalendar, type SpecialDays } from "./calendar";
import { isOld } from "./clock";

/** Its room is kept from the first paint on (`is-old` of <html>, frame.css). */
export function tellAge(): void {
  const header = document.querySelector("header");
  const built = document.documentElement.dataset.built || "";
  if (!header || !isOld()) return;
  const [year, month, day] = built.split("-").map(Number) as [number, number, number];
  const { lastKnown } = readCalendar(window.HAITANG && (window.HAITANG["days"] as SpecialDays | undefined));
  const known = isFinite(lastKnown) ? say("age.holidays", { date: dateText(dateOf(lastKnown)) }) : "";
  header.appendChild(make("p", "wrap data-age", say("age.old", { date: dateText({ year, month, day }) }) + known));
}

function dateText({ year, month, day }: { year: number; month: number; day: number }): string {
  return say("age.date", { year, month: monthName(month), day });
}
