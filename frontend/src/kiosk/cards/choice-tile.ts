// A choice as one key: the flower of what it stands for, larger as it holds more, its name, and how many there are.

import { make } from "../../core/dom";
import { say, sayList } from "../../core/words";
import { lookOfId } from "../../data/tiers";
import { GROUPS, type Group } from "../../finder/query/filters";
import { tierMark } from "../../lists/place-card";
import { fittingCount } from "../widgets/fitting";
import type { Choice } from "./choices";

const TOP = 30; // places of a town that is in full bloom

/** `told` is how many there are, in words. */
export function choiceTile(choice: Pick<Choice, "kind" | "value" | "name" | "count" | "go">, told = placesTold(choice.count)): HTMLButtonElement {
  const tile = make("button", "k-tile k-choice");
  tile.type = "button";
  tile.dataset.go = choice.go;
  tile.dataset.primary = "";
  if (choice.kind === "town" || choice.kind === "tier") {
    const mark = tile.appendChild(tierMark(choice.kind === "tier" ? lookOfId(choice.value) : bloom(choice.count)));
    mark.style.setProperty("--grown", String(choice.kind === "tier" ? 1 : grown(choice.count)));
  }
  tile.appendChild(make("span", "k-choice-name", choice.name));
  tile.appendChild(make("span", "k-choice-count", told));
  return tile;
}

function placesTold(count: number): string {
  return count ? say("kiosk.find.places", { count }) : say("kiosk.find.noneYet");
}

/** The whole flower for many, a half open one for some, a bud for none. */
function bloom(count: number): string {
  return count === 0 ? "point" : count < TOP / 3 ? "station" : "centre";
}

function grown(count: number): number {
  return 0.6 + 0.4 * Math.min(1, count / TOP);
}

/** A kind of choices as a key among its like. */
export function kindTab(kind: Group, isChosen: boolean, act: () => void): HTMLButtonElement {
  const tab = make("button", "k-key k-kind", sayList("kiosk.find.kinds")[GROUPS.indexOf(kind)]);
  tab.type = "button";
  tab.dataset.primary = "";
  tab.setAttribute("aria-pressed", String(isChosen));
  tab.addEventListener("click", act);
  return tab;
}

/** A plain key that leads to a screen. */
export function wayKey(text: string, go: string): HTMLButtonElement {
  const key = make("button", "k-key", text);
  key.type = "button";
  key.dataset.go = go;
  key.dataset.primary = "";
  return key;
}

/** Puts in as many as are wholly seen; the others are not there at all, so that nobody meets half a key. */
export function fit(box: HTMLElement, elements: readonly HTMLElement[]): void {
  box.textContent = "";
  for (const element of elements) box.appendChild(element);
  const seen = fittingCount(box, elements.length);
  for (const element of elements.slice(seen)) box.removeChild(element);
}
