// Search by tapping letters: pinyin, first letters, slips of the hand and telephone numbers, with every letter's answer at once.

import { make } from "../../core/dom";
import { say } from "../../core/words";
import { writeAddress } from "../../finder/query/address";
import { GROUPS, NOTHING, type Group } from "../../finder/query/filters";
import type { Chip, Found, Hit, Search } from "../../search/engine/search";
import { loadSearch } from "../../search/loader";
import { choiceTile, fit, kindTab, wayKey } from "../cards/choice-tile";
import { Choices } from "../cards/choices";
import { HallMap } from "../cards/hall-map";
import { HitCards, townFirst } from "../cards/hit-cards";
import { hallNeeds, needTile } from "../cards/needs";
import type { App } from "../core/app";
import type { Memory, Screen } from "../core/router";
import { HandOver } from "../widgets/hand-over";
import { Keyboard } from "../widgets/keyboard";
import { Pager } from "../widgets/pager";

const MAP_MS = 700; // after the last letter the map follows
const SETTLED_MS = 2500; // nobody types on: this is what they looked for
const EARLY_MS = 4000; // the engine is made once the first screen stands, and not when the first letter is waited for

export function searchScreen(app: App, element: HTMLElement): Screen {
  const screen = new SearchScreen(app, element);
  setTimeout(() => screen.prepare(), EARLY_MS);
  return screen;
}

class SearchScreen implements Screen {
  readonly name = "search";
  private readonly options: Choices;
  private readonly cards: HitCards;
  private readonly map: HallMap;
  private readonly keyboard: Keyboard;
  private readonly handOver: HandOver;
  private readonly box: HTMLElement;
  private readonly keys: HTMLElement;
  private readonly chips: HTMLElement;
  private readonly told: HTMLElement;
  private engine: Search | null = null;
  private memory: Memory = {};
  private looking = 0;
  private following = 0;
  private settling = 0;
  private counted = "";

  constructor(private readonly app: App, private readonly element: HTMLElement) {
    const part = (name: string): HTMLElement => element.querySelector<HTMLElement>(`[data-${name}]`)!;
    this.options = new Choices(app.world);
    this.cards = new HitCards(app.world);
    this.map = new HallMap(app.world, part("map"));
    this.handOver = new HandOver(app.world, part("hand-over"));
    this.box = part("cards");
    this.keys = part("turner");
    this.chips = part("chips");
    this.told = part("told");
    this.keyboard = new Keyboard(part("pad"), element.querySelector<HTMLInputElement>("[data-query]")!, () => this.typed());
  }

  prepare(): void {
    if (!document.body.contains(this.element)) return; // the page is in another language now, and so are its data
    void loadSearch("").then((engine) => {
      this.engine = engine;
      if (!this.element.hidden) this.look();
    });
  }

  enter(_element: HTMLElement, _what: string, memory: Memory): void {
    this.memory = memory;
    this.keyboard.begin((memory["query"] as string | undefined) || "");
    this.map.show(null);
    if (this.engine) this.look();
    else this.prepare();
  }

  leave(): void {
    this.still();
    this.keyboard.begin(""); // nothing of what was typed stays in the page; the way back remembers it
    this.told.textContent = "";
    this.box.textContent = "";
    this.chips.textContent = "";
    this.cards.clear();
    this.handOver.clear();
  }

  private still(): void {
    for (const timer of [this.looking, this.following, this.settling]) clearTimeout(timer);
  }

  /** The letter is seen first, and then looked up. */
  private typed(): void {
    this.memory["query"] = this.keyboard.text;
    this.memory["pages"] = {};
    this.still();
    this.looking = setTimeout(() => this.look(), 0) as unknown as number;
  }

  private look(): void {
    const query = this.keyboard.text.trim();
    if (!this.engine) return;
    if (!query) return this.browse();
    const found = this.engine.find(query);
    const own = this.options.hallTown;
    const { places } = this.app.world;
    const hits = own ? townFirst(found.hits, (row) => places.towns[places.town[row]!]!.id === own) : found.hits;
    const ways = waysIn(found);
    this.element.dataset.found = hits.length ? "hits" : ways.length ? "chips" : "none";
    this.told.textContent = tell(query, found, ways.length > 0);
    if (hits.length || ways.length) this.memory["good"] = query;
    this.show(ways, hits.length, (at) => this.cards.card(hits[at]!));
    if (!hits.length && !ways.length) this.nothing(query);
    this.following = setTimeout(() => this.follow(hits, query), MAP_MS) as unknown as number;
  }

  private show(chips: readonly HTMLElement[], count: number, card: (at: number) => HTMLElement): void {
    void new Pager({ box: this.box, keys: this.keys }, count, card, this.memory["pages"] as Memory | undefined);
    fit(this.chips, chips); // beside the keys that turn the pages, if these are shown
  }

  /** Nothing is typed: what there is. */
  private browse(): void {
    const kinds = GROUPS.filter((kind) => this.options.choices(kind).length);
    const chosen = (this.memory["kind"] as Group | undefined) || (hallNeeds().first.length ? null : "town");
    const tiles = chosen ? this.options.choices(chosen).map((choice) => () => choiceTile(choice)) : this.ready();
    this.element.dataset.found = "choices";
    this.told.textContent = say("kiosk.find.begin");
    this.show(kinds.map((kind) => this.tab(kind, kind === chosen)), tiles.length, (at) => tiles[at]!());
    this.following = setTimeout(() => this.follow(null), MAP_MS) as unknown as number;
  }

  /** Before anything is typed or chosen: what is needed most beside the towns, a pair a row. */
  private ready(): (() => HTMLElement)[] {
    const needs = [...hallNeeds().first.map((need) => () => needTile(need)), () => wayKey(say("kiosk.need.all"), "need")];
    const towns = this.options.choices("town").map((choice) => () => choiceTile(choice));
    const tiles: (() => HTMLElement)[] = [];
    for (let at = 0; at < Math.max(needs.length, towns.length); at++) tiles.push(...needs.slice(at, at + 1), ...towns.slice(at, at + 1));
    return tiles;
  }

  /** What is chosen already is let go again. */
  private tab(kind: Group, isChosen: boolean): HTMLElement {
    return kindTab(kind, isChosen, () => {
      if (isChosen) delete this.memory["kind"];
      else this.memory["kind"] = kind;
      this.memory["pages"] = {};
      this.browse();
    });
  }

  /** What was typed last that found something, and what is near. */
  private nothing(query: string): void {
    const good = this.memory["good"] as string | undefined;
    const ways: HTMLElement[] = [];
    if (good && query.indexOf(good) === 0) {
      const back = make("button", "k-key", say("kiosk.find.tryAgain", { query: good.toUpperCase() }));
      back.type = "button";
      back.dataset.primary = "";
      back.addEventListener("click", () => this.keyboard.type(good));
      ways.push(back);
    }
    const near = this.options.nearestTown;
    ways.push(near ? choiceTile(near) : wayKey(say("kiosk.find.browse"), "list"));
    fit(this.chips, ways);
    this.box.appendChild(make("p", "k-nothing", say("kiosk.find.nothing")));
    this.settling = setTimeout(() => this.miss(query), SETTLED_MS) as unknown as number;
  }

  private miss(query: string): void {
    if (query !== this.counted) this.app.host.count("no-result");
    this.counted = query;
  }

  /** The map, and the code for the phone. */
  private follow(hits: readonly Hit[] | null, query = ""): void {
    this.handOver.show(`search.html${writeAddress({ ...NOTHING, q: query })}`);
    const shown = hits && hits.length ? new Uint8Array(this.app.world.places.id.length) : null;
    if (shown) for (const { row } of hits!) shown[row] = 1;
    this.map.show(shown);
  }
}

function chipTile({ kind, id, name, count }: Chip): HTMLElement {
  return choiceTile({ kind, value: id || name, name, count, go: `list:${kind}/${id || name}` });
}

/** What one may need first; a service that is one of them is not said twice. */
function waysIn({ needs, chips }: Found): HTMLElement[] {
  const { all } = hallNeeds();
  const own = needs.map(({ need }) => all.filter(({ id }) => id === need.id)[0]!);
  const others = chips.filter(({ kind, name }) => !own.some((need) => need.kind === kind && need.name === name));
  return [...own.map((need) => needTile(need)), ...others.map(chipTile)];
}

function tell(query: string, { hits, nearest }: Found, isSome: boolean): string {
  const typed = query.toUpperCase();
  if (nearest) return say("kiosk.find.nearest", { query: typed, nearest, count: hits.length });
  if (hits.length) return say("kiosk.find.found", { count: hits.length });
  return isSome ? say("kiosk.find.onlyChips") : say("kiosk.find.missed", { query: typed });
}
