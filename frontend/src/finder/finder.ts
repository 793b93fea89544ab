// The finder: filters, search and nearness over one list, with or without a map beside it. Its state is the page's address.

import { make, yieldToBrowser } from "../core/dom";
import { emptyState } from "../core/empty-state";
import { left } from "../core/left";
import { say } from "../core/words";
import { blocksOf, type Blocks } from "../data/blocks";
import { bringPlaces } from "../data/ids";
import type { Data } from "../data/directory";
import { load } from "../data/loader";
import { printList } from "../lists/print-list";
import { nowInZone } from "../schedule/clock";
import { stateOf } from "../schedule/opening-hours";
import { engineFor } from "./answers";
import { exportTools } from "./export/export-tools";
import { FilterPanel, type Choices } from "./filter-panel";
import { FinderBar, inWords, SortChoice, type BarActs } from "./finder-bar";
import { FinderLists } from "./finder-lists";
import { MapBeside, type FinderMap } from "./map-beside";
import { Nearby } from "./nearby";
import type { Origin } from "./place-of-visitor";
import { QueryField } from "./query-field";
import { toggled } from "./query/address";
import type { Answer, Engine } from "./query/engine";
import { isAsked, NOTHING, Sieve, type Filters, type Group, type Sifted } from "./query/filters";
import { idsOfCards, onlyRows, OWN, ownPlaces } from "./query/only";
import { inOrder, order, rowsOf, type Order } from "./query/order";
import { pageAddress, type FinderAddress } from "./query/page-address";
import { byName, openFirst, SORTS, type Sort } from "./query/sorting";
import { Sheet } from "./sheet";
import { SplitFinder } from "./split-finder";
import { pressable, type Ways } from "./suggestions";

/** How a change is kept: as a step that Back undoes, in the place of the present one, or not at all. */
type Trace = "push" | "replace" | "none";

const OPEN = ["open", "closing", "always"];
const TYPING_MS = 300; // Safari refuses more than a hundred new addresses in half a minute

/** Puts a finder into what the page prepared for it: the slots `data-bar`, `data-filters` and `data-side`. */
export function startFinder(element: HTMLElement, map: FinderMap | null, address = pageAddress): Promise<void> {
  const root = element.dataset.root || "";
  return dataOf(root, element.dataset.only === OWN).then(({ blocks, data }) => {
    const finder = new Finder(element, data, map, blocks, address);
    return yieldToBrowser().then(() => finder.start());
  }).catch((why: unknown) => {
    console.warn(String(why));
    element.classList.add("is-failed"); // what the build put there stands as without a script
    const bar = element.querySelector("[data-bar]");
    if (bar && !bar.firstChild) bar.appendChild(make("p", "find-failed", say("find.failed")));
  });
}

async function dataOf(root: string, isOwn: boolean): Promise<{ blocks: Blocks | null; data: Data }> {
  const blocks = await blocksOf(root);
  if (blocks) return Promise.all([blocks.named(), isOwn && bringPlaces(blocks, ownPlaces())]).then(() => ({ blocks, data: blocks.data }));
  const [places, facts, points] = await Promise.all([load(root, "places"), load(root, "facts"), load(root, "points")]);
  return { blocks, data: { places, facts, points } };
}

class Finder {
  private filters: Filters = NOTHING;
  private answer: Answer | null = null;
  private origin: Origin | null = null;
  /** The whole result, as it is ordered: for lists, files and paper. */
  private rows: number[] = [];
  private inView: number[] = [];
  private sifting = false;
  private engine: Engine | null = null;
  private sifted: Sifted;
  private order: Order;
  private knowsTime = false;
  private writing = 0;
  private readonly root: string;
  private sieve: Sieve;
  private readonly split: SplitFinder | null;
  private siftedFrom = "";
  private turn = 0;
  private readonly panel: FilterPanel;
  private readonly bar: FinderBar;
  private readonly sheet: Sheet;
  private readonly map: MapBeside | null;
  private readonly sorting: SortChoice;
  private sort: Sort;
  private readonly only: string;
  private readonly ownCards: string[];
  private readonly nearby: Nearby;
  private readonly field: QueryField;
  private readonly lists: FinderLists;
  private readonly tools: HTMLElement;
  private readonly further: HTMLElement;
  private readonly failed = make("p", "find-failed", say("find.failed"));

  constructor(private readonly element: HTMLElement, private readonly data: Data, map: FinderMap | null, blocks: Blocks | null, private readonly address: FinderAddress) {
    this.root = element.dataset.root || "";
    this.only = element.dataset.only || "";
    this.split = blocks && new SplitFinder(blocks, this.only);
    this.ownCards = idsOfCards(this.slot("side"));
    this.sieve = this.newSieve();
    this.sort = this.usualSort();
    this.tellTime();
    this.order = order(data.points, null, null);
    this.sifted = (this.split && this.split.unasked(NOTHING)) || this.sieve.sift(NOTHING, null);
    this.map = map && new MapBeside(map, this.slot("side"));
    this.nearby = this.newNearby();
    const acts = this.acts();
    this.panel = new FilterPanel(data, this.sieve, this.sifted, acts);
    const bar = this.slot("bar");
    this.sorting = new SortChoice(this.split ? this.split.lacking : [], (sort) => this.sortBy(sort));
    this.bar = new FinderBar(bar, data, this.sieve, this.nearby.button, map ? null : this.sorting.element, acts);
    const side = this.map ? this.map.sheet.body : this.slot("side");
    side.textContent = "";
    const list = side.appendChild(make("div", ""));
    if (map) side.insertBefore(this.nearby.panel, list);
    else bar.insertBefore(this.nearby.panel, bar.lastElementChild);
    this.slot("filters").appendChild(this.panel.element);
    this.sheet = new Sheet(this.bar.filters, this.panel.element, say("find.filters"));
    this.field = new QueryField(this.only !== "", (q) => this.change({ ...this.filters, q }, "replace"));
    this.lists = new FinderLists(list, data, this.root, this.ways(), element.querySelector("[data-none]"), this.split, this.map && this.map.sheet.grip, !this.only);
    if (this.only === OWN) this.lists.unasked = () => emptyState(say("own.none"), say("own.noneText"));
    this.further = side.appendChild(pressable(say("find.further"), () => this.lookFurther(), "btn"));
    this.further.hidden = this.failed.hidden = true;
    bar.appendChild(this.failed);
    const bring = (rows: readonly number[]): Promise<void> | null => this.split && this.split.bring(rows);
    this.tools = side.appendChild(exportTools({ data, root: this.root, rows: () => this.rows, bring }));
    this.tools.hidden = true; // until there is something to take
    printList(element, data, () => ({ rows: this.split ? this.split.known(this.rows) : this.rows, filters: inWords(this.filters, data, this.sieve) }));
  }

  /** Takes up what the address asks, and follows it from then on. */
  start(): Promise<void> {
    const read = (): Promise<void> => this.take(this.address.read((group) => this.sieve.keys(group)));
    window.addEventListener("popstate", () => {
      this.sheet.close();
      void read();
    });
    this.followTiles();
    if (this.map) {
      const inView = (rows: number[]): void => {
        this.inView = rows;
        this.showView();
      };
      this.map.follow(inView, (row) => this.lists.told(row));
    }
    const near = (/[?&]near=(\w+)/.exec(location.search) || [])[1];
    this.origin = near ? null : this.nearby.resume();
    if (this.origin) this.arrive(this.origin);
    const before = left();
    this.sort = (before && SORTS.filter((each) => each === before.sort)[0]) || this.sort;
    // Who taps a hit right after typing comes back to what she typed.
    addEventListener("click", () => this.writing && this.write(), true);
    return read().then(() => {
      this.element.classList.add("is-live");
      if (this.map) this.map.sheet.start();
      if (!near) return;
      if (near === "here") this.nearby.ask();
      else this.nearby.offer("");
      this.write(); // whoever gets this link wants the list, not our question
    });
  }

  private newSieve(): Sieve {
    return new Sieve(this.data, onlyRows(this.only, this.data, this.ownCards), this.only === OWN); // what was kept is told of when it is gone, too
  }

  /** A page of one need says first what is open. */
  private usualSort(): Sort {
    return this.only && !(this.split && this.split.lacking.length) ? "open" : "best";
  }

  private sortBy(sort: Sort): void {
    this.sort = sort;
    if (sort === "near" && !this.origin) this.nearby.ask();
    this.sift();
  }

  /** The visitor said where she is, or takes it back. */
  private arrive(origin: Origin | null): void {
    if (this.map) this.map.showSelf(origin);
    if (origin && this.sort === "best") this.sort = "near";
    if (!origin && this.sort === "near") this.sort = this.usualSort();
  }

  /** Everything a visitor does to the filters comes through here. */
  private change(filters: Filters, trace: Trace = "push"): void {
    void this.take(filters).then(() => this.keep(trace));
    clearTimeout(this.writing);
    this.writing = 0;
  }

  private take(filters: Filters): Promise<void> {
    this.filters = filters;
    this.field.show(filters.q);
    if (this.split) return this.askBlocks(this.split);
    const turn = ++this.turn;
    if (!filters.q) return Promise.resolve(this.sift());
    return engineFor(this.root, this.data, filters.q).then((engine) => {
      if (turn !== this.turn) return;
      this.engine = engine;
      this.sift();
    });
  }

  /** Brings what the answer is made from, and shows it unless something else was asked meanwhile. */
  private askBlocks(split: SplitFinder): Promise<void> {
    const turn = ++this.turn;
    return split.prepare(this.filters, this.map !== null, this.origin !== null).then((answer) => {
      if (turn !== this.turn) return;
      if (split.state !== this.siftedFrom) this.sieve = this.newSieve();
      this.siftedFrom = split.state;
      this.engine = answer && (() => answer);
      this.failed.hidden = true;
      this.sift();
    }).catch((why: unknown) => {
      console.warn(String(why));
      this.failed.hidden = false; // what is on the page stays
    });
  }

  private lookFurther(): void {
    if (this.split) this.split.further();
    void this.take(this.filters);
  }

  /** From what was asked to what is shown. */
  private sift(): void {
    const { filters } = this;
    this.tellTime();
    const asked = this.knowsTime ? filters : { ...filters, open: false };
    this.answer = filters.q && this.engine ? this.recounted(this.engine(filters.q), asked) : null;
    this.sifted = (this.split && this.split.unasked(asked)) || this.sieve.sift(asked, this.answer && this.answer.hits.map((hit) => hit.row));
    this.further.hidden = !this.answer || this.answer.complete !== false;
    this.order = this.ordered();
    document.dispatchEvent(new CustomEvent("haitang:towns", { detail: filters.town })); // schedule/notices.ts
    this.sorting.show(this.sort);
    this.panel.show(filters, this.sifted, this.knowsTime);
    this.bar.show(filters, this.sifted, this.knowsTime);
    this.sheet.tell(this.sifted.total);
    this.element.classList.toggle("is-asked", isAsked(filters));
    this.rows = inOrder(rowsOf(this.sifted.shown), this.order);
    this.lists.show({ filters, answer: this.answer, origin: this.origin, order: this.order, sort: this.sort, rows: this.rows, total: this.sifted.total });
    this.tools.hidden = !this.sifted.total;
    this.showOnMap();
  }

  /** The map tells its view in between, perhaps more than once; the list is made once, when it is done. */
  private showOnMap(): void {
    if (!this.map) return;
    this.sifting = true;
    const isWhole = this.split !== null && this.split.unasked(this.filters) !== null;
    this.map.select({ shown: this.sifted.shown, rows: this.rows, precise: this.data.points.precise, origin: this.origin, filters: this.filters, isWhole });
    this.sifting = false;
    this.showView();
  }

  private ordered(): Order {
    const { data, origin, sort } = this;
    const hits = this.answer && this.answer.hits;
    const near = order(data.points, hits, origin);
    if (sort === "open") return openFirst(near, this.sieve.open);
    if (sort === "name") return byName(near, data.places.name, document.documentElement.lang || undefined);
    return sort === "near" || !origin ? near : { ...order(data.points, hits, null), metres: near.metres };
  }

  /** Beside a chip stands what choosing it would show, and not what there is of it at all. */
  private recounted(answer: Answer, asked: Filters): Answer {
    if (!answer.chips.length) return answer;
    const { counts } = (this.split && this.split.unasked({ ...asked, q: "" })) || this.sieve.sift(asked, null);
    const chips = answer.chips.map((chip) => ({ ...chip, count: counts[chip.kind][this.sieve.keys(chip.kind).indexOf(chip.value)] || 0 }));
    return { ...answer, chips };
  }

  private showView(): void {
    if (this.map && !this.sifting) this.lists.showView(this.inView.filter((row) => this.sifted.shown[row]));
  }

  private keep(trace: Trace): void {
    clearTimeout(this.writing);
    if (trace === "replace") this.writing = window.setTimeout(() => this.write(), TYPING_MS);
    else if (trace === "push") this.write("push");
  }

  private write(trace: Trace = "replace"): void {
    this.writing = 0;
    this.address.write(this.filters, trace === "push");
  }

  private tellTime(): void {
    const now = nowInZone();
    this.knowsTime = now !== null;
    this.sieve.setOpen((hours) => now !== null && OPEN.indexOf(stateOf(hours, now).kind) >= 0);
  }

  private newNearby(): Nearby {
    const { map } = this;
    return new Nearby({
      towns: this.data.places.towns,
      chooseSpot: map ? () => map.chooseSpot() : null,
      mapPage: `${this.root}map.html?near=choose`,
      changed: (origin) => {
        this.origin = origin;
        this.arrive(origin);
        void this.take(this.filters);
      },
    });
  }

  private acts(): BarActs & Choices {
    return {
      toggle: (group, value) => this.change(toggled(this.filters, group, value, this.sieve.keys(group))),
      flip: (flag) => this.change({ ...this.filters, [flag]: !this.filters[flag] }),
      forget: () => this.change({ ...this.filters, q: "" }),
      clear: () => this.change(NOTHING),
    };
  }

  private ways(): Ways {
    const { map } = this;
    return {
      ask: (q) => this.change({ ...this.filters, q }),
      choose: ({ kind, value }) => this.change({ ...this.filters, q: "", [kind]: [value] }),
      clear: () => this.change({ ...NOTHING, q: this.filters.q }),
      reveal: map ? (row) => map.reveal(row) : null,
    };
  }

  /** Tiles made at build time lead to pages; here they choose, unless they shall open elsewhere. */
  private followTiles(): void {
    this.element.addEventListener("click", (event) => {
      const tile = (event.target as Element).closest<HTMLElement>("a[data-group]");
      if (!tile || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      const group = tile.dataset.group as Group;
      this.change({ ...this.filters, q: "", [group]: [tile.dataset.value!] });
      this.lists.focus();
    });
  }

  private slot(name: string): HTMLElement {
    const slot = this.element.querySelector<HTMLElement>(`[data-${name}]`);
    if (!slot) throw new Error(`no room for ${name}`);
    return slot;
  }
}
