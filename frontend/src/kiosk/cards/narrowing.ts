// Keys that make a list shorter: one town, one kind, only what is near. As on the list screen a key stands there only where it
// leaves something out, its choices are tiles with their counts, and a second press takes it back. What was chosen lies in the
// screen's memory and goes with the visitor.

import { make } from "../../core/dom";
import { say, sayList } from "../../core/words";
import { tiers } from "../../data/tiers";
import { GROUPS, type Group } from "../../finder/query/filters";
import type { World } from "../core/hall";
import type { Memory } from "../core/router";
import { choiceTile } from "./choice-tile";
import { tierInFull, townName } from "./choices";
import { fillList, within } from "./page-blocks";
import { metresFromHere } from "./place-card";

/** What a list has an entry for. */
export interface Listed {
  /** The places where it is. */
  rows: readonly number[];
  /** What sort of thing it is; empty where nobody says. */
  kind: string;
}

/** One question to such a list. */
interface Facet {
  name: string;
  title: string;
  /** How its choices are drawn. */
  group: Group;
  valuesOf(one: Listed): readonly string[];
  nameOf(value: string): string;
  /** What comes first; of equals the one that most have. */
  rank(value: string): number;
}

type Count = (count: number) => string;

const NEAR_KM = 3; // some forty minutes on foot, ten on a bicycle
const [CHOSEN, ASKED] = ["narrowed", "narrowing"] as const;

export class Narrowing {
  private readonly keys: HTMLElement;
  private readonly box: HTMLElement;
  private memory: Memory = {};
  private again: () => void = () => undefined;

  /** `part` holds `[data-narrow]`, `[data-cards]` and `[data-turner]`; `count` says how many of what is listed. */
  constructor(private readonly part: HTMLElement, private readonly facets: readonly Facet[], private readonly count: Count) {
    this.keys = part.querySelector<HTMLElement>("[data-narrow]")!;
    this.box = part.querySelector<HTMLElement>("[data-cards]")!;
  }

  /** A visitor comes to the screen, or back to it; `again` fills it anew. */
  open(memory: Memory, again: () => void): void {
    this.memory = memory;
    this.again = again;
  }

  passes(one: Listed, but = ""): boolean {
    const { chosen } = this;
    return this.facets.every((facet) => facet.name === but || !chosen[facet.name] || facet.valuesOf(one).indexOf(chosen[facet.name]!) >= 0);
  }

  /** The keys for a list of `all`, and the list, or the choices of the key that was pressed. */
  show(all: readonly Listed[], memory: Memory, list: (memory: Memory) => void): void {
    const asked = this.facets.filter((facet) => facet.name === this.memory[ASKED])[0];
    this.keys.textContent = "";
    for (const facet of this.facets) if (this.chosen[facet.name] || this.helps(facet, all)) this.keys.appendChild(this.key(facet, all, facet === asked));
    this.keys.hidden = !this.keys.firstChild;
    this.box.classList.toggle("is-choices", !!asked);
    const own = within(memory, [asked ? asked.name : "", ...this.facets.map(({ name }) => this.chosen[name] || "")].join("\n"));
    if (!asked) return list(own);
    const choices = this.choices(asked, all);
    fillList(this.part, choices.length, (at) => this.tile(asked, choices[at]!), own);
  }

  private get chosen(): { [facet: string]: string } {
    return (this.memory[CHOSEN] || (this.memory[CHOSEN] = {})) as { [facet: string]: string };
  }

  /** Whether it leaves something out, if only some of the places of a thing. */
  private helps(facet: Facet, all: readonly Listed[]): boolean {
    const each = ([] as Listed[]).concat(...all.map(({ rows, kind }) => rows.map((row) => ({ rows: [row], kind }))));
    const left = each.filter((one) => this.passes(one, facet.name));
    return this.choices(facet, each).some(({ count }) => count < left.length);
  }

  private choices(facet: Facet, all: readonly Listed[]): { value: string; count: number }[] {
    const counts = new Map<string, number>();
    for (const one of all) if (this.passes(one, facet.name)) for (const value of facet.valuesOf(one)) counts.set(value, (counts.get(value) || 0) + 1);
    return Array.from(counts, ([value, count]) => ({ value, count }))
      .sort((a, b) => facet.rank(a.value) - facet.rank(b.value) || b.count - a.count);
  }

  private key(facet: Facet, all: readonly Listed[], isAsked: boolean): HTMLElement {
    const chosen = this.chosen[facet.name];
    const key = make("button", `k-key k-narrow-key${isAsked ? " is-asked" : ""}`, chosen ? facet.nameOf(chosen) : facet.title);
    key.type = "button";
    key.dataset.narrow = facet.name;
    key.dataset.primary = "";
    key.setAttribute("aria-pressed", String(!!chosen));
    key.onclick = () => {
      const choices = this.choices(facet, all);
      if (chosen) this.choose(facet, "");
      else if (facet.name === NEAR && choices.length) this.choose(facet, choices[0]!.value);
      else this.ask(isAsked ? "" : facet.name);
    };
    return key;
  }

  private tile(facet: Facet, { value, count }: { value: string; count: number }): HTMLElement {
    const tile = choiceTile({ kind: facet.group, value, name: facet.nameOf(value), count, go: "" }, this.count(count));
    delete tile.dataset.go;
    tile.onclick = () => this.choose(facet, value);
    return tile;
  }

  private choose(facet: Facet, value: string): void {
    if (value) this.chosen[facet.name] = value;
    else delete this.chosen[facet.name];
    this.ask("");
  }

  /** The key pressed keeps the focus of whoever goes by keys. */
  private ask(name: string): void {
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.narrow : undefined;
    this.memory[ASKED] = name;
    this.again();
    const key = focused && this.keys.querySelector<HTMLElement>(`[data-narrow="${focused}"]`);
    if (key) key.focus({ preventScroll: true });
  }
}

export function townFacet(world: World): Facet {
  const { places, hall } = world;
  const own = hall.home < 0 ? -1 : places.town[hall.home]!;
  return {
    name: "town", title: sayList("kiosk.find.kinds")[GROUPS.indexOf("town")]!, group: "town",
    valuesOf: ({ rows }) => unique(rows.map((row) => places.towns[places.town[row]!]!.id)),
    nameOf: (id) => townName(world, id),
    rank: (id) => (own >= 0 && places.towns[own]!.id === id ? 0 : 1),
  };
}

/** The kind of a place is its tier, given by its id. */
export function tierFacet(): Facet {
  const at = (id: string): number => tiers().id.indexOf(id);
  return {
    name: "kind", title: sayList("kiosk.find.kinds")[GROUPS.indexOf("tier")]!, group: "tier",
    valuesOf: kindOf, nameOf: (id) => tierInFull(at(id)), rank: at,
  };
}

/** The kind of an activity is a word of its entry. */
export function kindFacet(): Facet {
  return { name: "kind", title: say("kiosk.find.activityKind"), group: "service", valuesOf: kindOf, nameOf: (kind) => kind, rank: () => 0 };
}

const NEAR = "near";

/** Where nobody knows where the hall is, or the place, nothing is near. */
export function nearFacet(world: World): Facet {
  const title = say("kiosk.find.within", { km: NEAR_KM });
  const isNear = (row: number): boolean => {
    const metres = metresFromHere(world, row);
    return world.hall.spot !== null && (row === world.hall.home || (metres !== null && metres <= NEAR_KM * 1000));
  };
  return {
    name: NEAR, title, group: "service", valuesOf: ({ rows }) => (rows.some(isNear) ? [NEAR] : []), nameOf: () => title, rank: () => 0,
  };
}

function kindOf({ kind }: Listed): readonly string[] {
  return kind ? [kind] : [];
}

function unique(values: readonly string[]): string[] {
  return Array.from(new Set(values));
}
