// What stands above and in place of hits: chips of towns and services that were meant, the nearest spelling, and a way on.

import { make } from "../core/dom";
import { emptyState } from "../core/empty-state";
import { say } from "../core/words";
import { lookOfId } from "../data/tiers";
import { tierMark } from "../lists/place-card";
import type { Answer, FoundChip } from "./query/engine";
import type { Filters } from "./query/filters";

export interface Ways {
  ask(query: string): void;
  choose(chip: FoundChip): void;
  clear(): void;
  /** Shows a place on the map beside the list; null where there is none. */
  reveal: ((row: number) => void) | null;
}

/** What one may need, then towns, services and brands that the words may have meant; null where there are none. */
export function aboveHits(answer: Answer, ways: Ways): HTMLElement | null {
  const [needs, chips] = [answer.aside && answer.aside.needs, chipRow(answer, ways)];
  if (!needs) return chips;
  const element = make("div", "");
  element.appendChild(needs);
  if (chips) element.appendChild(chips);
  return element;
}

function chipRow(answer: Answer, ways: Ways): HTMLElement | null {
  if (!answer.chips.length) return null;
  const element = make("div", "");
  element.appendChild(make("p", "answers-name", say("find.alsoFound")));
  const list = element.appendChild(make("ul", "chips"));
  for (const chip of answer.chips) {
    const button = pressable(chip.name, () => ways.choose(chip));
    if (chip.kind === "tier") button.insertBefore(tierMark(lookOfId(chip.value)), button.firstChild);
    button.appendChild(document.createTextNode(" "));
    button.appendChild(make("b", "", String(chip.count)));
    list.appendChild(make("li", "")).appendChild(button);
  }
  return element;
}

/** Nothing was found, and never a blank: what it may have been, what to leave out, and everything else there is. */
export function nothingFound(filters: Filters, chosen: number, answer: Answer | null, more: Element | null, ways: Ways): HTMLElement {
  const { q } = filters;
  const element = emptyState(q ? say("find.noneFor", { query: q }) : say("find.none"), say("find.noneText"));
  const body = element.lastElementChild!;
  const buttons = make("p", "none-ways");
  if (answer && answer.nearest) {
    const nearest = answer.nearest;
    buttons.appendChild(pressable(say("find.nearest", { query: nearest }), () => ways.ask(nearest), "btn btn-main"));
  }
  if (chosen) {
    const text = q ? say("find.clearFilters", { query: q }) : say("find.clear");
    buttons.appendChild(pressable(text, () => ways.clear(), "btn"));
  }
  if (buttons.firstChild) body.appendChild(buttons);
  if (q && answer && answer.aside) body.appendChild(answer.aside.none);
  if (more) {
    const rest = more.cloneNode(true) as HTMLElement;
    rest.hidden = false;
    body.appendChild(rest);
  }
  return element;
}

export function pressable(text: string, act: () => void, className = ""): HTMLButtonElement {
  const button = make("button", className, text);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}
