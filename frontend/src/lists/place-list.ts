// A list of places that changes: some cards first and more when asked for, because thousands of cards would stop a phone.

import { make } from "../core/dom";
import { emptyState } from "../core/empty-state";
import { left, openAgain } from "../core/left";
import { say } from "../core/words";
import { refresh } from "../schedule/opening-state";
import { lacksHours, placeCard, type CardContext, type CardNotes } from "./place-card";

const STEP = 30;
const FEW = 8; // cards that need not be lines first; as in pieces.html
const SETTLED_MS = 700; // a screen reader is told once the list has stopped changing

export interface ListOptions {
  heading?: string;
  /** Metres from the visitor to a row; null where that is not known. */
  distances?: (row: number) => number | null;
  marks?: (row: number) => CardNotes["marks"];
  notes?: (row: number) => string;
  same?: (row: number) => string[];
  /** A heading before the first row of each group. */
  group?: (row: number) => string;
  reveal?: (row: number) => void;
  without?: CardNotes["without"];
  /** A line a place until the visitor opens the list, where there are many. */
  compact?: boolean;
  /** What stands here when there is no row, else a kind sentence of its own. */
  none?: HTMLElement;
  /** False where something else on the page tells the number already. */
  announce?: boolean;
}

/** Takes over everything in `container`. */
export class PlaceList {
  private rows: number[] = [];
  private options: ListOptions = {};
  private shown = 0;
  private telling = 0;
  readonly heading: HTMLElement;
  private readonly status = make("p", "unseen");
  /** Opened, the lines are cards. */
  readonly openUp = make("details", "open-up");
  private readonly cards = make("div", "card-list");
  private readonly more = make("button", "btn list-more");
  private readonly unsaid = make("p", "cards-note", say("find.hoursUnsaid"));
  private readonly room: string;

  constructor(container: HTMLElement, private readonly context: CardContext, level: "h2" | "h3" = "h2") {
    this.heading = make(level, "quiet list-count");
    this.status.setAttribute("role", "status");
    this.more.type = "button";
    this.more.hidden = true;
    this.more.addEventListener("click", () => this.showMore());
    this.room = container.className;
    this.openUp.dataset.part = this.room;
    this.openUp.appendChild(make("summary", "", say("find.openUp")));
    openAgain(this.openUp);
    container.textContent = "";
    this.unsaid.hidden = true;
    for (const part of [this.heading, this.status, this.cards, this.unsaid, this.more]) container.appendChild(part);
  }

  show(rows: number[], options: ListOptions = {}): void {
    this.rows = rows;
    this.options = options;
    this.shown = 0;
    this.heading.textContent = options.heading || say("find.count", { count: rows.length });
    this.heading.hidden = !rows.length;
    const before = left();
    const first = Math.max(STEP, (before && before.cards[this.room]) || 0); // as many as there were when she left
    const wait = this.bring(0, first);
    if (wait) this.more.hidden = true;
    this.once(wait, () => {
      this.cards.textContent = "";
      this.unsaid.hidden = true;
      this.offerOpening();
      if (rows.length) this.add(first);
      else this.cards.appendChild(options.none || emptyState(say("find.none"), say("find.noneText")));
      this.offerMore();
    });
    if (options.announce !== false) this.tell();
  }

  /** What the next cards are made from. */
  private bring(from: number, count: number): Promise<void> | null {
    const { bring } = this.context;
    return bring ? bring(this.rows.slice(from, from + count)) : null;
  }

  /** After a wait, unless another list is to be shown by then. */
  private once(wait: Promise<void> | null, act: () => void): void {
    const { rows } = this;
    if (!wait) return act();
    wait.then(() => rows === this.rows && act(), (why: unknown) => {
      console.warn(String(why));
      this.offerMore();
    });
  }

  /** The heading takes the focus: what comes after it is new. */
  focus(): void {
    this.heading.tabIndex = -1;
    this.heading.focus();
  }

  private showMore(): void {
    if (this.more.hasAttribute("aria-busy")) return; // who taps twice gets what is on its way, and once
    const first = this.cards.querySelectorAll(".card").length;
    const wait = this.bring(this.shown, STEP);
    if (wait) this.more.setAttribute("aria-busy", "true");
    this.once(wait, () => {
      this.add(STEP);
      this.offerMore();
      // Else the focus would be lost with the button, or stay below what was asked for.
      const link = this.cards.querySelectorAll<HTMLElement>(".card h3 a")[first];
      if (link) link.focus();
    });
  }

  private add(count: number): void {
    const { group } = this.options;
    const until = Math.min(this.rows.length, this.shown + count);
    let into = this.cards.lastElementChild as HTMLElement | null;
    for (let at = this.shown; at < until; at++) {
      const row = this.rows[at]!;
      if (!into || (group && group(row) !== into.dataset.group)) into = this.startGroup(group ? group(row) : "");
      into.appendChild(this.card(row));
    }
    this.shown = until;
    this.unsaid.hidden = !this.rows.slice(0, until).some((row) => lacksHours(this.context.facts, row));
    refresh(this.cards);
  }

  private startGroup(name: string): HTMLElement {
    if (name) this.cards.appendChild(make("p", "list-group", name));
    const cards = make("ul", "cards");
    cards.dataset.group = name;
    return this.cards.appendChild(cards);
  }

  private card(row: number): HTMLLIElement {
    const { distances, marks, reveal, notes: texts, same, without } = this.options;
    const notes: CardNotes = texts ? { note: texts(row) } : {};
    if (distances) notes.metres = distances(row);
    const found = marks && marks(row);
    if (found) notes.marks = found;
    if (same) notes.same = same(row);
    if (without) notes.without = without;
    if (reveal) notes.reveal = () => reveal(row);
    return placeCard(row, this.context, notes);
  }

  private offerOpening(): void {
    if (this.options.compact && this.rows.length > FEW) this.cards.parentElement!.insertBefore(this.openUp, this.cards);
    else this.openUp.remove();
  }

  private offerMore(): void {
    const left = this.rows.length - this.shown;
    this.more.removeAttribute("aria-busy");
    this.more.hidden = left <= 0;
    this.more.textContent = left > 0 ? say("find.more", { count: Math.min(STEP, left) }) : "";
  }

  private tell(): void {
    clearTimeout(this.telling);
    this.telling = window.setTimeout(() => {
      this.status.textContent = this.rows.length ? this.heading.textContent : say("find.none");
    }, SETTLED_MS);
  }
}
