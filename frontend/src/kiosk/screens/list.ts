// Browsing without a letter: kinds of places, then the places of one, the nearest first.

import { make } from "../../core/dom";
import { say, sayList } from "../../core/words";
import { GROUPS, type Group, type Sifted } from "../../finder/query/filters";
import { nowInZone } from "../../schedule/clock";
import { choiceTile, fit, kindTab } from "../cards/choice-tile";
import { Choices, readHeldAddress, readListAddress, type Held, type ListAddress } from "../cards/choices";
import { HallMap } from "../cards/hall-map";
import { byNearness, placeCard } from "../cards/place-card";
import type { App } from "../core/app";
import type { Memory, Screen } from "../core/router";
import { Pager } from "../widgets/pager";
import { showChosen } from "./map";

export function listScreen(app: App, element: HTMLElement): Screen {
  return new ListScreen(app, element);
}

class ListScreen implements Screen {
  readonly name = "list";
  private readonly options: Choices;
  private readonly map: HallMap;
  private readonly box: HTMLElement;
  private readonly keys: HTMLElement;
  private readonly tiles: HTMLElement;

  constructor(private readonly app: App, private readonly element: HTMLElement) {
    const part = (name: string): HTMLElement => element.querySelector<HTMLElement>(`[data-${name}]`)!;
    this.options = new Choices(app.world);
    this.map = new HallMap(app.world, part("map"), (chosen) => showChosen(app, chosen));
    this.box = part("cards");
    this.keys = part("turner");
    this.tiles = part("chips");
  }

  enter(_element: HTMLElement, what: string, memory: Memory): void {
    const held = readHeldAddress(what, this.app.world.places.id.length);
    if (held) return this.heldAt(held, memory);
    const question = readListAddress(what);
    if (question.value) this.places(question, memory);
    else this.choices(question.kind, memory);
  }

  leave(): void {
    this.box.textContent = "";
    this.tiles.textContent = "";
  }

  private choices(first: Group, memory: Memory): void {
    const kind = (memory["kind"] as Group | undefined) || first;
    const choices = this.options.choices(kind);
    const all = this.options.sift({ kind, value: "", tier: "" });
    this.element.dataset.found = "choices";
    this.tell(sayList("kiosk.find.titles")[GROUPS.indexOf(kind)]!, all);
    fit(this.tiles, GROUPS.filter((group) => this.options.choices(group).length).map((group) => this.tab(group, group === kind, memory)));
    void new Pager({ box: this.box, keys: this.keys }, choices.length, (at) => choiceTile(choices[at]!), memory);
    this.map.show(null);
  }

  private tab(kind: Group, isChosen: boolean, memory: Memory): HTMLElement {
    return kindTab(kind, isChosen, () => {
      for (const name of Object.keys(memory)) delete memory[name]; // the pages of the other kind
      memory["kind"] = kind;
      this.choices(kind, memory);
    });
  }

  private places(question: ListAddress, memory: Memory): void {
    const { world } = this.app;
    const sifted = this.options.sift(question);
    const rows = byNearness(world, world.places.id.map((_, row) => row).filter((row) => sifted.shown[row]));
    this.element.dataset.found = rows.length ? "places" : "none";
    this.tell(this.titleOf(question), sifted);
    const ways = this.ways(question, sifted);
    fit(this.tiles, ways);
    void new Pager({ box: this.box, keys: this.keys }, rows.length, (at) => placeCard(world, rows[at]!), memory);
    fit(this.tiles, ways); // beside the keys that turn the pages, if these are shown now
    if (!rows.length) this.box.appendChild(make("p", "k-nothing", say("kiosk.find.emptyTown")));
    this.map.show(rows.length ? sifted.shown : null);
  }

  /** Where an activity takes place. */
  private heldAt({ rows, name }: Held, memory: Memory): void {
    const { world } = this.app;
    const near = byNearness(world, rows);
    const shown = new Uint8Array(world.places.id.length);
    for (const row of rows) shown[row] = 1;
    this.element.dataset.found = rows.length ? "places" : "none";
    this.title(name, [say("kiosk.find.places", { count: rows.length })]);
    this.tiles.textContent = "";
    void new Pager({ box: this.box, keys: this.keys }, near.length, (at) => placeCard(world, near[at]!), memory);
    this.map.show(rows.length ? shown : null);
  }

  /** To fewer places, and to another choice of the same kind. */
  private ways(question: ListAddress, sifted: Sifted): HTMLElement[] {
    const ways = this.options.narrower(question, sifted).map((choice) => {
      const tile = choiceTile(choice);
      if (choice.kind === "tier") tile.setAttribute("aria-pressed", String(choice.value === question.tier));
      return tile;
    });
    const other = make("button", "k-key k-other", sayList("kiosk.find.others")[GROUPS.indexOf(question.kind)]);
    other.type = "button";
    other.dataset.go = `list:${question.kind}`;
    other.dataset.primary = "";
    return [other, ...ways];
  }

  private titleOf({ kind, value, tier }: ListAddress): string {
    const name = this.options.name(kind, value);
    if (tier) return say("kiosk.find.townTier", { town: name, tier: this.options.name("tier", tier) });
    if (kind === "service") return say("kiosk.find.service", { name });
    if (kind === "facility") return say("kiosk.find.facility", { name });
    return kind === "brand" ? say("kiosk.find.brand", { name }) : name;
  }

  /** How many there are, how many of them are open now, and of how many nobody knows it. */
  private tell(title: string, { shown, total, flags }: Sifted): void {
    const unknown = this.app.world.facts.hours.filter((hours, row) => shown[row] && hours < 0).length;
    const told = [say("kiosk.find.places", { count: total })];
    if (nowInZone() && total > unknown) told.push(say("kiosk.find.openNow", { count: flags.open }));
    if (unknown) told.push(say("kiosk.find.hoursUnknown", { count: unknown }));
    this.title(title, told);
  }

  private title(title: string, told: readonly string[]): void {
    this.element.querySelector("h1")!.textContent = title;
    this.element.querySelector("[data-told]")!.textContent = told.join(" · ");
  }
}
