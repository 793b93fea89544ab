// What a search found, as cards. The rule: a card that is shown already and says the same stays the element it was; typing on
// changes little, and making cards is most of the work of a key.

import { make } from "../../core/dom";
import { say } from "../../core/words";
import type { Hit } from "../../search/engine/search";
import type { World } from "../core/hall";
import { placeCard } from "./place-card";

const KEPT = 24; // more than are ever seen at once

export class HitCards {
  private cards = new Map<string, HTMLElement>();

  constructor(private readonly world: World) {}

  card(hit: Hit): HTMLElement {
    const { row, marks, note } = hit;
    const key = `${row} ${marks.join(" ")} ${note}`;
    const card = this.cards.get(key) || this.make(row, marks, note);
    this.cards.delete(key); // the last used comes last
    this.cards.set(key, card);
    if (this.cards.size > KEPT) this.cards.delete(this.cards.keys().next().value!);
    return card;
  }

  clear(): void {
    this.cards.clear();
  }

  private make(row: number, marks: Hit["marks"], note: string): HTMLElement {
    const card = placeCard(this.world, row, marks);
    // What the card says anyway needs no second line.
    if (note && card.textContent.indexOf(note) < 0) {
      card.querySelector(".k-card-text")!.appendChild(make("span", "k-card-note", say("find.note", { text: note })));
    }
    return card;
  }
}

/** Of hits that are equally good those in this town come first; all others stay in the search's order. */
export function townFirst(hits: readonly Hit[], inTown: (row: number) => boolean): Hit[] {
  const sorted: Hit[] = [];
  for (let from = 0, until = 0; from < hits.length; from = until) {
    const { group, score } = hits[from]!;
    while (until < hits.length && hits[until]!.group === group && hits[until]!.score === score) until++;
    const equal = hits.slice(from, until);
    sorted.push(...equal.filter(({ row }) => inTown(row)), ...equal.filter(({ row }) => !inTown(row)));
  }
  return sorted;
}
