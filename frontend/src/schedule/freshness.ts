// How long ago a place was verified. The page is built with the plain date, and the date stays where the clock cannot be right:
// a site may lie on a memory stick or in a kiosk for years, and its age is known only where it is read.

import { say } from "../core/words";
import { dayNumber } from "./calendar";
import { nowInZone } from "./clock";

const FRESH_DAYS = 180;
const AGEING_DAYS = 365;
const DAYS_A_MONTH = 30.44;
const CLASSES = ["is-fresh", "is-ageing", "is-stale"];

/** What is said of a day on a later one, as a class and a text; null where it cannot be told. */
export function ageOf(date: string, today: number): { cls: string; text: string } | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!parts) return null;
  const days = today - dayNumber(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  if (days < 0) return null;
  if (days <= FRESH_DAYS) return { cls: "is-fresh", text: say("freshness.fresh", { date }) };
  if (days <= AGEING_DAYS) return { cls: "is-ageing", text: say("freshness.ageing", { count: Math.floor(days / DAYS_A_MONTH) }) };
  const years = Math.floor(days / 365.25);
  return { cls: "is-stale", text: years < 2 ? say("freshness.stale") : say("freshness.years", { count: years }) };
}

/** Tells the ages in a part of the page. */
export function showAges(root: ParentNode): void {
  const now = document.documentElement.dataset.built ? nowInZone() : null;
  root.querySelectorAll<HTMLTimeElement>("[data-verified]").forEach((element) => {
    const told = now && ageOf(element.dateTime, now.day);
    if (!told) return;
    CLASSES.forEach((name) => element.classList.toggle(name, name === told.cls));
    if (element.textContent !== told.text) element.textContent = told.text;
  });
}
