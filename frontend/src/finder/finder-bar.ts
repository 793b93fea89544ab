// The row of buttons over a list, and below it what was chosen, each to be taken back by itself.

import { make } from "../core/dom";
import { say } from "../core/words";
import type { Data } from "../data/directory";
import { flagName, valueName } from "./filter-panel";
import { chosenCount, FLAGS, GROUPS, isAsked, type Filters, type Flag, type Group, type Sieve, type Sifted } from "./query/filters";
import { SORTS, type Sort } from "./query/sorting";
import { pressable } from "./suggestions";

export interface BarActs {
  toggle(group: Group, value: string): void;
  flip(flag: Flag): void;
  forget(): void;
  clear(): void;
}

export class FinderBar {
  readonly filters = pressable(say("find.filters"), () => undefined, "btn find-filters");
  private readonly open = pressable(say("find.open"), () => this.acts.flip("open"), "btn find-open");
  private readonly openCount = make("b", "");
  private readonly chosen = make("ul", "chosen");
  private readonly row = make("div", "find-buttons");

  constructor(slot: HTMLElement, private readonly data: Data, private readonly sieve: Sieve, nearby: HTMLElement, sort: HTMLElement | null, private readonly acts: BarActs) {
    const { row } = this;
    row.style.visibility = "hidden"; // until what they say is known: nothing may jump
    this.open.appendChild(document.createTextNode(" "));
    this.open.appendChild(this.openCount);
    for (const button of [this.filters, this.open, nearby]) row.appendChild(button);
    if (sort) row.appendChild(sort);
    this.chosen.setAttribute("aria-label", say("find.chosen"));
    slot.textContent = "";
    slot.appendChild(row);
    slot.appendChild(this.chosen);
  }

  show(filters: Filters, sifted: Sifted, knowsTime: boolean): void {
    const count = chosenCount(filters);
    this.row.style.visibility = "";
    this.filters.textContent = count ? say("find.filtersChosen", { count }) : say("find.filters");
    this.open.hidden = !knowsTime;
    this.open.setAttribute("aria-pressed", String(filters.open));
    this.openCount.textContent = sifted.flags.open < 0 ? "" : String(sifted.flags.open);
    this.showChosen(filters);
  }

  private showChosen(filters: Filters): void {
    const hadFocus = this.chosen.contains(document.activeElement);
    this.chosen.textContent = "";
    this.chosen.hidden = !isAsked(filters);
    if (filters.q) this.add(say("find.paperQuery", { query: filters.q }), () => this.acts.forget());
    for (const group of GROUPS) {
      const keys = this.sieve.keys(group);
      for (const value of filters[group]) {
        this.add(valueName(this.data, group, keys.indexOf(value)), () => this.acts.toggle(group, value));
      }
    }
    for (const flag of FLAGS) if (filters[flag]) this.add(flagName(flag), () => this.acts.flip(flag));
    if (this.chosen.childElementCount > 1) {
      this.chosen.appendChild(make("li", "")).appendChild(pressable(say("find.clear"), () => this.acts.clear(), "chosen-clear"));
    }
    if (!hadFocus) return; // else the keyboard would fall back to the top of the page
    const next = this.chosen.querySelector("button");
    (next || this.filters).focus();
  }

  private add(name: string, act: () => void): void {
    const button = pressable(name, act, "chosen-one");
    button.setAttribute("aria-label", say("find.remove", { name }));
    this.chosen.appendChild(make("li", "")).appendChild(button);
  }
}

/** In which order the list stands, for the visitor to choose. */
export class SortChoice {
  readonly element = make("label", "find-sort");
  private readonly select = make("select", "sort-select");

  /** `without`: what cannot be told here. */
  constructor(without: readonly Sort[], chosen: (sort: Sort) => void) {
    const names = { best: say("results.best"), near: say("results.near"), open: say("results.open"), name: say("results.name") };
    this.element.appendChild(make("span", "", say("results.sort")));
    this.element.appendChild(this.select);
    for (const sort of SORTS) {
      if (without.indexOf(sort) < 0) this.select.appendChild(make("option", "", names[sort])).value = sort;
    }
    this.select.addEventListener("change", () => chosen(this.select.value as Sort));
  }

  show(sort: Sort): void {
    if (this.select.value !== sort) this.select.value = sort;
  }
}

/** What was asked for, in words, for paper. */
export function inWords(filters: Filters, data: Data, sieve: Sieve): string {
  const parts = filters.q ? [say("find.paperQuery", { query: filters.q })] : [];
  for (const group of GROUPS) {
    const names = filters[group].map((value) => valueName(data, group, sieve.keys(group).indexOf(value)));
    if (names.length) parts.push(names.join(say("map.separator")));
  }
  for (const flag of FLAGS) if (filters[flag]) parts.push(flagName(flag));
  return parts.join(" · ") || say("find.paperEverything");
}
