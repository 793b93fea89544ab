// How old the data of this site are, said on every page once they are so old that hours and holidays may have changed, and what is
// not known of holidays then. Where nobody knows of which day they are, that is said.

import { say } from "../core/words";
import { dateOf } from "./calendar";
import { builtOn, isOld, nowInZone } from "./clock";
import type { Now } from "./opening-hours";

/** What is said; empty where there is nothing to be said, or no clock to tell it by. */
export function ageText(now: Now | null): string {
  if (!now || !isOld(now.day)) return "";
  const built = builtOn();
  const age = built === null ? say("age.unknown") : say("age.old", { ...dateOf(built) });
  const { lastKnown } = now.calendar;
  return now.day > lastKnown && lastKnown > 0 ? age + say("age.holidays", { ...dateOf(lastKnown) }) : age;
}

export function showDataAge(): void {
  const text = ageText(nowInZone());
  document.querySelectorAll<HTMLElement>("[data-age]").forEach((line) => {
    if (line.textContent !== text) line.textContent = text;
    line.hidden = !text;
  });
}
