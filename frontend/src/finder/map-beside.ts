// The map beside a finder's list, and above it on phones: what it shows of the result, and where it looks.

import { keepView, viewAt, viewLeft, type View } from "../core/views";
import type { Spot } from "../data/geo";
import { ListSheet } from "./list-sheet";
import type { Origin } from "./place-of-visitor";
import { writeAddress } from "./query/address";
import { isAsked, type Filters } from "./query/filters";

const NEAREST = 12; // places that are shown around the visitor

/** What is to be seen: rows and where the visitor is, or just what she saw before; null: all, as at first. */
export type Sight = { rows: readonly number[]; spot: Spot | null } | View | null;

/** What a finder asks of the map beside it. */
export interface FinderMap {
  /** Shows only these places; null: all. Without a sight it stays where it looks. */
  select(rows: Uint8Array | null, sight?: Sight): void;
  /** Tells the rows in view: at once, and after every move and selection. */
  onView(callback: (rows: number[]) => void): void;
  /** Where it looks; null where she has not moved it. */
  view(): View | null;
  /** The next tap on the ground; null where it was called off. */
  chooseSpot(): Promise<Spot | null>;
  showSelf(spot: Spot | null): void;
  /** What its cards tell of a place; `opens` is called before one comes. */
  describe(tell: (row: number) => HTMLElement, opens: () => void): void;
  resized(): void;
  reveal(row: number): void;
}

/** A result, for the map. */
export interface Mapped {
  /** 1 for every row of it, and all of them in order. */
  shown: Uint8Array;
  rows: readonly number[];
  precise: ArrayLike<number>;
  origin: Origin | null;
  /** What was asked for it. */
  filters: Filters;
  /** Everything there is: the map need not be told which. */
  isWhole: boolean;
}

export class MapBeside {
  readonly sheet: ListSheet;
  private seen: { shown: Uint8Array; origin: Origin | null } | null = null; // what it was last made to show
  private address = ""; // of that
  private isStep = false; // Back or Forward, from one result to another

  constructor(private readonly map: FinderMap, side: HTMLElement) {
    this.sheet = new ListSheet(side, side.parentElement!, () => map.resized());
    addEventListener("popstate", () => (this.isStep = true));
  }

  /** `inView` is told the rows in view from now on; `tell` makes what a card tells of a place. */
  follow(inView: (rows: number[]) => void, tell: (row: number) => HTMLElement): void {
    this.map.onView(inView);
    this.map.describe(tell, () => this.sheet.tuck());
  }

  select(result: Mapped): void {
    const before = this.before(location.pathname + writeAddress(result.filters));
    const sight = this.sight(result);
    this.map.select(result.isWhole ? null : result.shown, before || sight);
  }

  showSelf(spot: Spot | null): void {
    this.map.showSelf(spot);
  }

  chooseSpot(): Promise<Spot | null> {
    this.sheet.tuck();
    return this.map.chooseSpot().then((spot) => {
      this.sheet.show("half");
      return spot;
    });
  }

  reveal(row: number): void {
    this.sheet.tuck();
    this.map.reveal(row);
  }

  /** What she saw of a result to which she comes back. */
  private before(address: string): View | null {
    const isFirst = !this.seen;
    const isStep = this.isStep && address !== this.address;
    if (!isFirst && address !== this.address) keepView(this.address, this.map.view());
    this.address = address;
    this.isStep = false;
    return isFirst ? viewLeft : isStep ? viewAt(address) : null;
  }

  /** Another result is shown whole, and where she said where she is, what is nearest. While the result is the same the map stays
   *  where it is, for she may have moved it. */
  private sight({ shown, rows, precise, origin, filters }: Mapped): Sight | undefined {
    const { seen } = this;
    if (seen && seen.origin === origin && seen.shown.every((kept, row) => kept === shown[row])) return undefined;
    this.seen = { shown, origin };
    if (seen && seen.origin !== origin && origin && origin.isOnMap) return undefined; // she has just tapped there
    if (origin) return { rows: rows.filter((row) => precise[row]).slice(0, NEAREST), spot: origin };
    if (isAsked(filters)) return { rows, spot: null };
    return seen ? null : undefined;
  }
}
