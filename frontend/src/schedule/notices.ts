// Notices, each on its days: the first of them stand there (`data-notices` says how many), the rest folded. Where the clock cannot be right the page stays as it was
// built, with what held on the day of the data.

import { fill } from "../core/words";
import { dayNumber } from "./calendar";
import { nowInZone } from "./clock";

/** Shows what holds now in all blocks of notices below `part`, and of that what concerns any of these towns (none: all); tells how
 * many that are. */
export function showNotices(part: ParentNode, towns: readonly string[] = []): number {
  const now = nowInZone();
  const today = now && now.day;
  let count = 0;
  part.querySelectorAll<HTMLElement>("[data-notices]").forEach((block) => {
    count += arrange(block, ({ dataset }) => holds(dataset, today) && concerns(dataset, towns));
  });
  return count;
}

/** On a page: now, once the time zone is known, whenever the page is looked at again, and for the towns that a finder shows. */
export function followNotices(): void {
  let towns: readonly string[] = [];
  const show = (): void => void showNotices(document, towns);
  show();
  document.addEventListener("DOMContentLoaded", show); // assets/words.js has come
  document.addEventListener("visibilitychange", show);
  document.addEventListener("haitang:towns", (event) => {
    towns = (event as CustomEvent<readonly string[]>).detail;
    show();
  });
  // What is folded on a screen stands on paper too.
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll<HTMLDetailsElement>("[data-notices] details").forEach((more) => (more.open = true));
  });
}

function arrange(block: HTMLElement, isWanted: (line: HTMLElement) => boolean): number {
  const most = Number(block.dataset["notices"]);
  const more = block.querySelector("details");
  const lines = Array.from(block.querySelectorAll<HTMLElement>(".notice-line"));
  let shown = 0;
  for (const line of lines) {
    line.hidden = !isWanted(line);
    if (!line.hidden) shown++;
    if (more && shown <= most) more.parentNode!.insertBefore(line, more);
    else if (more) more.appendChild(line);
  }
  if (more) {
    more.hidden = shown <= most;
    more.querySelector("summary")!.textContent = fill(more.dataset["more"]!, { count: shown - most });
  }
  block.hidden = !shown;
  return shown;
}

/** Whether a notice with these `data-` attributes holds on a day; null: nobody knows which day it is. */
export function holds(told: DOMStringMap, today: number | null): boolean {
  if (today === null) return !("later" in told);
  return dayOf(told["from"]!) <= today && today <= dayOf(told["until"]!);
}

/** Whether it is about any of these towns, or about everything; without towns, all are wanted. */
export function concerns({ towns: named }: DOMStringMap, towns: readonly string[]): boolean {
  return !towns.length || !named || named.split(" ").some((town) => towns.indexOf(town) >= 0);
}

function dayOf(date: string): number {
  const [year, month, day] = date.split("-").map(Number) as [number, number, number];
  return dayNumber(year, month, day);
}
