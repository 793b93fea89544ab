// Back gives back a page as it was left: what was opened, and how far down she was. Lists made by a script bring as many cards as
// they showed (lists/place-list.ts), the finder what was asked (its address); here the page is scrolled once they are there.

import { here, left, LEFT_KEY, openAgain, partName, type Left } from "./left";
import { note, noted } from "./session";

const ROOMS = [".list-body", "[data-list]"]; // what scrolls by itself
const MOST = 30; // addresses; beyond that nobody goes back
const PATIENCE_MS = 10000; // until a slow line has brought the list

export function startReturning(): void {
  addEventListener("pagehide", keep);
  const before = left();
  if (!before) return;
  for (const part of parts()) openAgain(part);
  if (before.y || ROOMS.some((name) => before.rooms[name])) scrollAgain(before, Date.now() + PATIENCE_MS);
}

function parts(): HTMLDetailsElement[] {
  return Array.from(document.querySelectorAll("details"));
}

function keep(): void {
  const all = noted(LEFT_KEY); // by address, the latest last
  delete all[here()];
  all[here()] = now();
  for (const old of Object.keys(all).slice(0, -MOST)) delete all[old];
  note(LEFT_KEY, all);
}

function now(): Left {
  const cards: Left["cards"] = {};
  for (const list of Array.from(document.querySelectorAll(".card-list"))) cards[list.parentElement!.className] = list.querySelectorAll(".card").length;
  const rooms: Left["rooms"] = {};
  for (const name of ROOMS) {
    const room = document.querySelector(name);
    if (room && room.scrollTop) rooms[name] = room.scrollTop;
  }
  const sheet = document.querySelector<HTMLElement>("[data-height]");
  const sort = document.querySelector<HTMLSelectElement>(".sort-select");
  return {
    y: pageYOffset, rooms, cards, open: parts().filter((part) => part.open).map(partName),
    height: (sheet && sheet.dataset.height) || "", sort: sort ? sort.value : "",
  };
}

/** As soon as the page is long enough, and again when it has become longer, until the visitor does something herself. */
function scrollAgain(before: Left, until: number): void {
  const heights = new Map<Element, number>();
  const turn = (element: Element, y: number): void => {
    const isNew = heights.get(element) !== element.scrollHeight || (y > 0 && !element.scrollTop);
    if (!isNew || element.scrollHeight - element.clientHeight < y - 1) return;
    heights.set(element, element.scrollHeight);
    element.scrollTop = y;
  };
  const step = (): void => {
    if (!left() || Date.now() > until) return;
    if (before.y) turn(document.scrollingElement || document.documentElement, before.y);
    for (const name of ROOMS) {
      const room = before.rooms[name] && document.querySelector(name);
      if (room) turn(room, before.rooms[name]!);
    }
    requestAnimationFrame(step);
  };
  step();
}
