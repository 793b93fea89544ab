// What somebody may need: all needs as tiles, and of one the places that have it, the nearest first. A tap, no letter.

import { make } from "../../core/dom";
import { say, sayList } from "../../core/words";
import { loadVocabulary, needPage } from "../../data/needs";
import { unpackActivities, type Activity, type PackedActivities } from "../../events/agenda";
import { GROUPS, NOTHING } from "../../finder/query/filters";
import { writeAddress } from "../../finder/query/address";
import { nowInZone } from "../../schedule/clock";
import { activityCard } from "../cards/activity-card";
import { choiceTile, fit, wayKey } from "../cards/choice-tile";
import { HallMap } from "../cards/hall-map";
import { hallNeeds, heldNext, isUnplaced, needCard, needTile, readNeedAddress, type HallNeed } from "../cards/needs";
import { byNearness } from "../cards/place-card";
import type { App } from "../core/app";
import type { Memory, Screen } from "../core/router";
import { HandOver } from "../widgets/hand-over";
import { Pager } from "../widgets/pager";

const INDEX = "needs/index.html"; // of the public site
const ALL = "*"; // in the place of a town: all of them, to choose from

export function needScreen(app: App, element: HTMLElement): Screen {
  return new NeedScreen(app, element);
}

class NeedScreen implements Screen {
  readonly name = "need";
  private readonly map: HallMap;
  private readonly handOver: HandOver;
  private readonly box: HTMLElement;
  private readonly keys: HTMLElement;
  private readonly ways: HTMLElement;
  private activities: Activity[] | null = null;

  constructor(private readonly app: App, private readonly element: HTMLElement) {
    const part = (name: string): HTMLElement => element.querySelector<HTMLElement>(`[data-${name}]`)!;
    this.map = new HallMap(app.world, part("map"));
    this.handOver = new HandOver(app.world, part("hand-over"));
    this.box = part("cards");
    this.keys = part("turner");
    this.ways = part("chips");
  }

  enter(_element: HTMLElement, what: string, memory: Memory): void {
    const { need, town } = readNeedAddress(what);
    if (need && town === ALL) this.towns(need, memory);
    else if (need) this.places(need, town, memory);
    else this.all(memory);
  }

  leave(): void {
    this.box.textContent = "";
    this.ways.textContent = "";
    this.handOver.clear();
  }

  private all(memory: Memory): void {
    const { all } = hallNeeds();
    this.element.dataset.found = "choices";
    this.title(say("kiosk.need.title"), []);
    this.handOver.show(INDEX);
    this.ways.textContent = "";
    this.fill(all.length, (at) => needTile(all[at]!), memory);
    this.map.show(null);
  }

  private places(need: HallNeed, town: string, memory: Memory): void {
    const { world } = this.app;
    const rows = byNearness(world, need.rows.filter((row) => !town || this.townOf(row) === town));
    this.element.dataset.found = rows.length ? "places" : "none";
    this.title(need.name, rows.length ? this.told(rows, need.kind === "activity_kind") : []);
    this.handOver.show(`${needPage(need)}${need.kind === "activity_kind" ? "" : writeAddress({ ...NOTHING, town: town ? [town] : [] })}`);
    this.showWays(need, town);
    const held = need.kind === "activity_kind" ? this.held({ ...need, rows }) : null;
    const cards = held || rows.map((row) => () => needCard(world, row));
    this.fill(cards.length, (at) => cards[at]!(), memory);
    this.showWays(need, town); // beside the keys that turn the pages, if these are shown now
    if (!rows.length) void this.nowhere(need);
    this.map.show(rows.length ? this.mask(rows) : null);
  }

  private fill(count: number, card: (at: number) => HTMLElement, memory: Memory): void {
    void new Pager({ box: this.box, keys: this.keys }, count, card, memory);
  }

  /** What takes place next, then where something does at a time that nobody knows; null where the clock cannot be right. */
  private held(need: HallNeed): (() => HTMLElement)[] | null {
    const now = nowInZone();
    if (!now) return null;
    const { world } = this.app;
    this.activities = this.activities || unpackActivities(window.HAITANG!["activities"] as PackedActivities);
    const { gatherings, undated } = heldNext(this.activities.filter(({ row }) => need.rows.indexOf(row) >= 0), need, now);
    return [...gatherings.map((each) => () => activityCard(world, each, now)), ...byNearness(world, undated).map((row) => () => needCard(world, row))];
  }

  /** Back to the choice of all, and to the places of one town, where there are several; where not all of these have room, the one
   * that is chosen first, behind a key to all of them. */
  private showWays(need: HallNeed, town: string): void {
    const towns = this.townsOf(need);
    const ways = towns.map(([id]) => {
      const way = wayKey(this.townName(id), id === town ? `need:${need.id}` : `need:${need.id}/${id}`);
      way.setAttribute("aria-pressed", String(id === town));
      return way;
    });
    const other = wayKey(say("kiosk.need.other"), "need");
    fit(this.ways, [other, ...ways]);
    if (this.ways.children.length > ways.length) return;
    const all = wayKey(sayList("kiosk.find.kinds")[GROUPS.indexOf("town")]!, `need:${need.id}/${ALL}`);
    const chosen = ways.filter((_, at) => towns[at]![0] === town);
    fit(this.ways, [other, all, ...chosen, ...ways.filter((way) => chosen.indexOf(way) < 0)]);
  }

  /** The towns where there are such places, the nearest first, and how many there are in each; none where it is one alone. */
  private townsOf(need: HallNeed): [id: string, count: number][] {
    const counts = new Map<string, number>();
    for (const row of byNearness(this.app.world, need.rows)) counts.set(this.townOf(row), (counts.get(this.townOf(row)) || 0) + 1);
    return counts.size > 1 ? Array.from(counts).filter(([id]) => this.townName(id)) : [];
  }

  /** All towns to choose from. */
  private towns(need: HallNeed, memory: Memory): void {
    const towns = this.townsOf(need);
    this.element.dataset.found = "choices";
    this.title(need.name, []);
    this.handOver.show(needPage(need));
    fit(this.ways, [wayKey(say("kiosk.need.other"), "need")]);
    const tile = ([value, count]: [string, number]): HTMLElement =>
      choiceTile({ kind: "town", value, name: this.townName(value), count, go: `need:${need.id}/${value}` });
    this.fill(towns.length, (at) => tile(towns[at]!), memory);
    this.map.show(this.mask(need.rows));
  }

  /** How many; where they stand by their distance, that they do, and of how many nobody knows it. */
  private told(rows: readonly number[], isByTime: boolean): string[] {
    const { world } = this.app;
    const unplaced = rows.filter((row) => isUnplaced(world, row)).length;
    const told = [say("kiosk.find.places", { count: rows.length })];
    if (isByTime && nowInZone()) return told;
    if (world.hall.spot && rows.length - unplaced > 1) told.push(say("kiosk.need.nearest"));
    if (unplaced) told.push(say("kiosk.need.unplacedCount", { count: unplaced }));
    return told;
  }

  /** That nobody is known to have it, and who helps then. */
  private async nowhere({ name }: HallNeed): Promise<void> {
    const { box } = this;
    const first = box.appendChild(make("p", "k-nothing", say("kiosk.need.nowhere", { need: name })));
    const { hotlines } = await loadVocabulary("");
    if (first.parentNode !== box) return; // they have gone on
    for (const { name: line, phone, text } of hotlines) {
      box.appendChild(make("p", "k-nothing", [say("search.hotline", { name: line, phone }), text].filter(Boolean).join(" · ")));
    }
  }

  private townOf(row: number): string {
    const { places } = this.app.world;
    return places.towns[places.town[row]!]!.id;
  }

  /** Empty for places of which only the area is known. */
  private townName(id: string): string {
    const town = this.app.world.places.towns.filter((each) => each.id === id)[0]!;
    return town.id === town.area ? "" : town.name;
  }

  private mask(rows: readonly number[]): Uint8Array {
    const shown = new Uint8Array(this.app.world.places.id.length);
    for (const row of rows) shown[row] = 1;
    return shown;
  }

  private title(title: string, told: readonly string[]): void {
    this.element.querySelector("h1")!.textContent = title;
    this.element.querySelector("[data-told]")!.textContent = told.join(" · ");
  }
}
