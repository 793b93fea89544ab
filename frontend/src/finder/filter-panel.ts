// The choices: one fieldset a group, one checkbox a value, and beside it how many places it would show.

import { make } from "../core/dom";
import { say } from "../core/words";
import type { Data } from "../data/directory";
import { tierName } from "../data/tiers";
import { townName } from "../lists/place-card";
import { FLAGS, GROUPS, type Filters, type Flag, type Group, type Sieve, type Sifted } from "./query/filters";

const AT_FIRST = 8; // values of a long group before 还有 … 项
const TOWNS_AT_FIRST = 24; // one looks for one's own town: it must not hide

export interface Choices {
  toggle(group: Group, value: string): void;
  flip(flag: Flag): void;
}

interface Pick {
  row: HTMLElement;
  box: HTMLInputElement;
  count: HTMLElement;
  value: string;
  at: number; // index among the group's keys
  rank: number; // place in the list
}

/** What a value of a group is called. */
export function valueName(data: Data, group: Group, at: number): string {
  const { places, facts } = data;
  if (group === "town") return townName(places.towns[at]!);
  if (group === "tier") return tierName(at);
  if (group === "service") return facts.serviceNames[at]!;
  return group === "facility" ? facts.facilityNames[at]! : facts.brandNames[at]!.name;
}

export function groupName(group: Group): string {
  const names = {
    town: say("find.town"), tier: say("find.tier"), service: say("find.service"), facility: say("find.facility"), brand: say("find.brand"),
  };
  return names[group];
}

export function flagName(flag: Flag): string {
  return { open: say("find.open"), verified: say("find.verified"), access: say("find.access") }[flag];
}

export class FilterPanel {
  readonly element = make("div", "filters");
  private readonly groups: GroupPicks[];
  private readonly flags: { [flag in Flag]: Pick };

  /** `everything` is how many each value shows when nothing is chosen: what never shows any is left out. */
  constructor(data: Data, sieve: Sieve, everything: Sifted, choices: Choices) {
    const conditions = fieldset(say("find.conditions"));
    this.flags = {} as { [flag in Flag]: Pick };
    FLAGS.forEach((flag, at) => {
      const pick = newPick(flagName(flag), flag, at, at);
      pick.box.addEventListener("change", () => choices.flip(flag));
      conditions.appendChild(pick.row);
      this.flags[flag] = pick;
    });
    this.element.appendChild(conditions);
    this.groups = GROUPS.map((group) => new GroupPicks(data, group, sieve.keys(group), everything.counts[group], choices));
    for (const group of this.groups) if (group.size) this.element.appendChild(group.element);
  }

  show(filters: Filters, sifted: Sifted, knowsTime: boolean): void {
    for (const flag of FLAGS) set(this.flags[flag], filters[flag], sifted.flags[flag]);
    this.flags.open.row.hidden = !knowsTime; // where the clock is wrong nothing can be told
    for (const group of this.groups) group.show(filters, sifted);
  }
}

class GroupPicks {
  readonly element: HTMLElement;
  readonly size: number;
  private readonly picks: Pick[] = [];
  private readonly more = make("button", "filters-more");
  private isExpanded = false;

  constructor(data: Data, private readonly group: Group, keys: readonly string[], all: Uint32Array, choices: Choices) {
    this.element = fieldset(groupName(group));
    const order = keys.map((_, at) => at).filter((at) => all[at]! > 0 || (group === "town" && !isArea(data, at)));
    const ranked = group === "town" || group === "tier" ? order : order.sort((a, b) => all[b]! - all[a]! || a - b);
    ranked.forEach((at, rank) => {
      const pick = newPick(valueName(data, group, at), keys[at]!, at, rank);
      pick.box.addEventListener("change", () => choices.toggle(group, keys[at]!));
      this.element.appendChild(pick.row);
      this.picks.push(pick);
    });
    this.size = ranked.length;
    this.more.type = "button";
    this.more.addEventListener("click", () => this.expand(!this.isExpanded));
    if (this.size > this.atFirst()) this.element.appendChild(this.more);
  }

  show(filters: Filters, sifted: Sifted): void {
    const counts = sifted.counts[this.group];
    const chosen = filters[this.group];
    for (const pick of this.picks) set(pick, chosen.indexOf(pick.value) >= 0, counts[pick.at]!);
    this.fold();
  }

  private atFirst(): number {
    return this.group === "town" ? TOWNS_AT_FIRST : AT_FIRST;
  }

  private expand(on: boolean): void {
    this.isExpanded = on;
    this.fold();
    const next = this.picks[this.atFirst()];
    if (on && next) next.box.focus();
  }

  /** What is chosen stays in sight. */
  private fold(): void {
    const hidden = (pick: Pick): boolean => !this.isExpanded && pick.rank >= this.atFirst() && !pick.box.checked;
    for (const pick of this.picks) if (pick.row.hidden !== hidden(pick)) pick.row.hidden = hidden(pick);
    const folded = this.size - this.atFirst();
    const text = this.isExpanded ? say("find.showFewer") : say("find.showMore", { count: folded });
    if (this.more.textContent !== text) this.more.textContent = text;
    this.more.setAttribute("aria-expanded", String(this.isExpanded));
  }
}

function isArea(data: Data, at: number): boolean {
  return data.places.towns[at]!.id === data.places.towns[at]!.area;
}

function fieldset(name: string): HTMLFieldSetElement {
  const element = make("fieldset", "filters-group");
  element.appendChild(make("legend", "", name));
  return element;
}

function newPick(name: string, value: string, at: number, rank: number): Pick {
  const row = make("label", "pick");
  const box = make("input", "");
  box.type = "checkbox";
  const count = make("b", "");
  row.appendChild(box);
  row.appendChild(make("span", "", name));
  row.appendChild(document.createTextNode(" "));
  row.appendChild(count);
  return { row, box, count, value, at, rank };
}

/** Writes only what differs: hundreds of values are gone through after every choice. */
function set(pick: Pick, checked: boolean, count: number): void {
  if (pick.box.checked !== checked) pick.box.checked = checked;
  const text = count < 0 ? "" : String(count); // not known before it is asked for
  if (pick.count.textContent === text) return;
  pick.count.textContent = text;
  pick.row.classList.toggle("is-none", count === 0);
}
