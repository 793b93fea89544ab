// An activity in a list: its next time, and where it goes once it is over.

import { make } from "../core/dom";
import { say } from "../core/words";
import type { Now } from "../schedule/opening-hours";
import { FOREVER, isOver, lastDay, readWhen, stageOf, type Occurrence } from "../schedule/recurrence";
import { upcoming } from "./agenda";
import { dayText, doubtText, stageText, whenText } from "./time-text";

export function showNext(line: HTMLElement, now: Now): void {
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
export function showNone(): void {
  const none = document.querySelector<HTMLElement>("[data-none]");
  if (!none || document.querySelector(".pages")) return; // other pages may hold some
  none.hidden = document.querySelector(".programme [data-when]") !== null;
  if (!none.hidden) document.querySelectorAll<HTMLElement>("[data-agenda]").forEach((part) => (part.hidden = true));
}
