// What a finder shows of its result: the list, what else the words may have meant, and what stands on no map.

import { make } from "../core/dom";
import { emptyState } from "../core/empty-state";
import { say } from "../core/words";
import type { Data } from "../data/directory";
import type { CardContext } from "../lists/place-card";
import { placeFacts } from "../lists/place-facts";
import { PlaceList, type ListOptions } from "../lists/place-list";
import type { Origin } from "./place-of-visitor";
import type { Answer, Hit } from "./query/engine";
import { chosenCount, GROUPS, isAsked, type Filters } from "./query/filters";
import { inOrder, type Order } from "./query/order";
import { atSameAddress } from "./query/same-address";
import type { Sort } from "./query/sorting";
import { aboveHits, nothingFound, type Ways } from "./suggestions";

export interface Result {
  filters: Filters;
  answer: Answer | null;
  origin: Origin | null;
  order: Order;
  sort: Sort;
  /** All rows of the result, in order, and how many they are said to be. */
  rows: number[];
  total: number;
}

/** What is told of rows that have not come yet, and what is known of them meanwhile. */
export interface Coming {
  bring(rows: readonly number[]): Promise<void> | null;
  isNowhere(row: number): boolean;
}

export class FinderLists {
  private readonly answers = make("div", "find-answers");
  private readonly after = make("div", "find-after");
  private readonly unplacedRoom = make("div", "find-unplaced");
  private result: Result | null = null;
  private inView: number[] | null = null;
  private nowhere = 0;
  /** What is said where there is nothing and nothing was asked; null: that nothing was found. */
  unasked: (() => HTMLElement) | null = null;
  private readonly context: CardContext;
  private readonly list: PlaceList;
  private readonly unplaced: PlaceList | null;

  constructor(room: HTMLElement, private readonly data: Data, root: string, private readonly ways: Ways, private readonly otherWays: Element | null,
    private readonly coming: Coming | null, head: HTMLElement | null, private readonly holdsAll: boolean) {
    const context: CardContext = { root, places: data.places, facts: data.facts, points: data.points };
    this.context = context;
    if (coming) context.bring = (rows) => coming.bring(rows);
    const list = make("div", "find-list");
    room.textContent = "";
    for (const part of [this.answers, list, this.after, this.unplacedRoom]) room.appendChild(part);
    this.list = new PlaceList(list, context);
    if (head) head.insertBefore(this.list.heading, head.firstChild);
    this.unplaced = ways.reveal && new PlaceList(this.unplacedRoom, context);
    this.unplacedRoom.hidden = true;
  }

  /** A new result. Beside a map, what is in view follows by `showView`. */
  show(result: Result): void {
    const { answer, rows } = result;
    this.result = result;
    this.inView = null;
    this.answers.textContent = "";
    const above = answer && aboveHits(answer, this.ways);
    if (above) this.answers.appendChild(above);
    this.after.textContent = "";
    if (answer && answer.aside) this.after.appendChild(answer.aside.after);
    if (this.unplaced) this.showUnplaced(this.unplaced, result);
    else this.list.show(rows, { ...this.options(result), heading: this.heading(result) });
  }

  /** The rows of the result that the map shows. */
  showView(inView: number[]): void {
    const { result } = this;
    if (!result || (this.inView && same(this.inView, inView))) return; // cards one has asked for, and the focus, stay
    this.inView = inView;
    const heading = say("find.countOnMap", { count: inView.length });
    const options: ListOptions = { ...this.options(result), heading, announce: false }; // the map tells the number
    if (this.ways.reveal) options.reveal = this.ways.reveal;
    if (this.nowhere < result.rows.length) options.none = emptyState(say("find.noneOnMap"), say("find.noneOnMapText"));
    this.list.show(inOrder(inView, result.order), options);
  }

  private showUnplaced(list: PlaceList, result: Result): void {
    const { coming, data } = this;
    const rows = result.rows.filter((row) => (coming ? coming.isNowhere(row) : data.points.lon[row] === null));
    this.nowhere = rows.length;
    this.unplacedRoom.hidden = !rows.length;
    const heading = say("find.unplaced", { count: rows.length });
    if (rows.length) list.show(rows, { ...this.options(result), heading, announce: false, group: () => "" });
  }

  /** A place in the words of a card on the map. */
  told(row: number): HTMLElement {
    const { result } = this;
    return placeFacts(row, this.context, result && metresTo(result.order, row));
  }

  /** After a tile far above was chosen. */
  focus(): void {
    this.list.focus();
  }

  private options({ filters, answer, origin, order, rows, sort }: Result): ListOptions {
    const { points, places } = this.data;
    const none = this.unasked && !isAsked(filters) ? this.unasked() : nothingFound(filters, chosenCount(filters), answer, this.otherWays, this.ways);
    const options: ListOptions = { none };
    // What was chosen alone stands above the list; who has asked for nothing looks the list through, a line a place.
    options.without = GROUPS.filter((group) => filters[group].length === 1).map((group) => `${group}:${filters[group][0]!}`);
    options.compact = this.holdsAll && !isAsked(filters) && !origin;
    options.same = (row) => atSameAddress(row, rows, this.data).map((other) => places.name[other]!);
    if (answer) {
      const hits = new Map<number, Hit>();
      for (const hit of answer.hits) hits.set(hit.row, hit);
      const of = (row: number): Hit => hits.get(row)!;
      options.marks = (row) => of(row).marks;
      options.notes = (row) => of(row).note;
      if (sort === "best") options.group = (row) => of(row).group;
    }
    if (origin) options.distances = (row) => metresTo(order, row);
    if (origin && sort === "near") options.group = (row) => (points.precise[row] ? "" : say("find.onlyTown"));
    return options;
  }

  private heading({ filters, answer, total }: Result): string {
    const { q } = filters;
    if (answer && answer.complete === false) return say("find.countSome", { query: q, count: total });
    return q ? say("find.countFor", { query: q, count: total }) : say("find.count", { count: total });
  }
}

function metresTo({ metres }: Order, row: number): number | null {
  return metres && metres[row] === metres[row] ? metres[row]! : null;
}

function same(some: readonly number[], others: readonly number[]): boolean {
  return some.length === others.length && some.every((row, at) => row === others[at]);
}
