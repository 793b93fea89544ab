// What the written pages' screens share: blocks go where the screen wants them, one key of several is chosen, lists of places.

import type { World } from "../core/hall";
import type { Memory } from "../core/router";
import { Pager } from "../widgets/pager";
import { placeCard } from "./place-card";

const KEY = "chosen";
const TIGHT = "is-tight"; // one card alone is taller than its box: the name stays, less is said besides

/** Whether a screen's list has the room that its text or its map has else. */
export function giveRoom(screen: HTMLElement, toList: boolean): void {
  screen.classList.toggle("is-listing", toList);
}

/** Puts what stands in `[data-to=x]` of a page into `[data-at=x]` of a screen; what has no block is emptied. */
export function placeBlocks(screen: HTMLElement, page: ParentNode | null): void {
  screen.querySelectorAll<HTMLElement>("[data-at]").forEach((place) => {
    place.textContent = "";
    const block = page && page.querySelector(`[data-to=${place.dataset.at!}]`);
    while (block && block.firstChild) place.appendChild(block.firstChild);
  });
}

/** Keys `[data-tab]`, of which one is chosen: the one that was, else the first. */
export function chooseTab(keys: readonly HTMLElement[], memory: Memory, chosen: (name: string, memory: Memory) => void, first = ""): void {
  const take = (name: string): void => {
    memory[KEY] = name;
    for (const key of keys) key.setAttribute("aria-pressed", String(key.dataset.tab === name));
    chosen(name, within(memory, name));
  };
  for (const key of keys) key.onclick = () => take(key.dataset.tab!);
  const names = keys.map((key) => key.dataset.tab!);
  const wanted = [memory[KEY] as string, first].filter((name) => names.indexOf(name) >= 0);
  if (keys.length) take(wanted.length ? wanted[0]! : names[0]!);
}

/** What is remembered of one of several things on a screen. */
export function within(memory: Memory, name: string): Memory {
  const key = `in ${name}`;
  return (memory[key] || (memory[key] = {})) as Memory;
}

export function tabs(element: HTMLElement): HTMLElement[] {
  return Array.from(element.querySelectorAll<HTMLElement>("[data-tab]"));
}

/** Fills `[data-cards]` of a part, turned by its keys. */
export function fillList(part: HTMLElement, count: number, card: (at: number) => HTMLElement, memory: Memory): void {
  const box = part.querySelector<HTMLElement>("[data-cards]")!;
  const keys = part.querySelector<HTMLElement>("[data-turner]")!;
  const fit = (): void => {
    if (box.scrollHeight > box.clientHeight + 1) box.classList.add(TIGHT);
  };
  box.classList.remove(TIGHT);
  keys.onclick = fit; // after the key's own
  void new Pager({ box, keys }, count, card, memory);
  fit();
}

export function listPlaces(part: HTMLElement, world: World, rows: readonly number[], memory: Memory): void {
  fillList(part, rows.length, (at) => placeCard(world, rows[at]!), memory);
}

/** Rows of the ids in a page's `data-ids`. */
export function rowsOf({ places }: World, ids: string): number[] {
  return ids.split(" ").map((id) => places.id.indexOf(id)).filter((row) => row >= 0);
}
