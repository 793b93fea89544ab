// What the visitor left this page with, where Back or Forward has brought her here again and the browser had not kept the page.
// returning.ts writes it down by the page's address, in this tab's own storage. It holds until she does something.

import { asCount, asGroup, asText, noted } from "./session";

export interface Left {
  /** Pixels down the page, and down what scrolls by itself, by its selector. */
  y: number;
  rooms: { [selector: string]: number };
  /** The parts that were opened, by their names. */
  open: string[];
  /** How many cards each list showed, by its room's class. */
  cards: { [room: string]: number };
  /** Of the list over a map, on phones. */
  height: string;
  sort: string;
}

export const LEFT_KEY = "haitang-left";
const ACTS = ["pointerdown", "touchstart", "mousedown", "wheel", "keydown"];

let found = wasHere() ? soundLeft(noted(LEFT_KEY)[here()]) : null;
if (found) for (const act of ACTS) addEventListener(act, () => (found = null), true);

export function left(): Left | null {
  return found;
}

export function here(): string {
  return location.pathname + location.search;
}

/** As far as it makes sense; null where nothing was written down. */
export function soundLeft(value: unknown): Left | null {
  if (!value) return null;
  const { y, rooms, open, cards, height, sort } = asGroup(value);
  return {
    y: asCount(y), rooms: counts(rooms), open: Array.isArray(open) ? (open as string[]) : [], cards: counts(cards),
    height: asText(height), sort: asText(sort),
  };
}

function counts(value: unknown): { [name: string]: number } {
  const group = asGroup(value);
  const sound: { [name: string]: number } = {};
  for (const name of Object.keys(group)) sound[name] = asCount(group[name]);
  return sound;
}

/** What a part that opens is called: its own name where a script made it, else what its summary says. */
export function partName(part: HTMLDetailsElement): string {
  return part.dataset.part || (part.textContent || "").slice(0, 80);
}

/** Opens it if it was open when she left. */
export function openAgain(part: HTMLDetailsElement): void {
  if (found && found.open.indexOf(partName(part)) >= 0) part.open = true;
}

function wasHere(): boolean {
  const [entry] = performance.getEntriesByType ? performance.getEntriesByType("navigation") : [];
  if (entry) return (entry as PerformanceNavigationTiming).type === "back_forward";
  return Boolean(performance.navigation) && performance.navigation.type === 2; // Safari before 15
}
