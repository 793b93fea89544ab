// What a map's card tells of a place besides its name: its state, how far and where it is, the way there, the telephone.

import { make } from "../core/dom";
import { say, sayList } from "../core/words";
import { STATUSES } from "../data/directory";
import { refresh } from "../schedule/opening-state";
import { addDistance, addHours, placeActs, placeLine, type CardContext } from "./place-card";

/** `metres` from the visitor; null where that is not known. */
export function placeFacts(row: number, context: CardContext, metres: number | null): HTMLElement {
  const { facts } = context;
  const told = make("div", "place-told");
  const tags = make("p", "tags");
  const add = (className: string, text: string): HTMLElement => {
    tags.appendChild(document.createTextNode(" "));
    return tags.appendChild(make("span", `tag ${className}`, text));
  };
  const status = STATUSES[facts.status[row]!]!;
  if (status !== "open") add(`s-${status}`, sayList("find.statuses")[facts.status[row]!]!);
  addHours(row, facts, add);
  if (!tags.firstChild) add("todo", say("find.hoursUnknown"));
  if (metres !== null) addDistance(metres, add);
  told.appendChild(tags);
  const line = placeLine(facts, row);
  if (line) told.appendChild(make("p", "place-line", line));
  told.appendChild(placeActs(row, context)); // even without any: the map adds its own
  refresh(told);
  return told;
}
