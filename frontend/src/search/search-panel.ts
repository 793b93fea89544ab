// What opens under a search field: ways to browse before anything is typed, then chips and hits, and never a blank.

import { make } from "../core/dom";
import { say } from "../core/words";
import { TIERS } from "../data/directory";
import { markedName, placeLine, tierMark, townName } from "../lists/place-card";
import type { Facts, Places } from "../data/directory";
import type { Chip, Found, Group, Hit } from "./engine/search";

export const MOST_HITS = 6;
const MOST_TOWNS = 12;

/** What a panel shows answers of; `complete` is false where there may be more hits than these. */
export interface Searched {
  places: Places;
  facts: Facts;
  browse(): Chip[];
}

/** One thing that may be chosen; all are links, so that they open as links do. */
export type Option = HTMLAnchorElement;

export class SearchPanel {
  readonly element = make("div", "search-panel");
  readonly list = make("div", "search-list");
  private readonly message = make("p", "search-none");
  options: Option[] = [];
  private search: Searched | null = null;
  /** What is drawn: typing on often finds the same, and then nothing moves. */
  private picture: string | null = null;
  /** Leads to all hits. */
  private all: Option | null = null;

  /** `nearest` is told when a proposed spelling is taken. `phone` is whom to ask where nothing is found; may be empty. */
  constructor(
    private readonly id: string,
    private readonly root: string,
    private readonly phone: string,
    private readonly nearest: (query: string) => void,
  ) {
    this.element.hidden = true;
    this.message.hidden = true;
    this.list.id = id;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", say("search.list"));
    this.element.appendChild(this.message);
    this.element.appendChild(this.list);
  }

  /** Shows what a query has found, or ways to browse for an empty one; returns how many places, -1 for an empty query. */
  show(search: Searched, query: string, found: (Found & { complete?: boolean }) | null): number {
    this.search = search;
    const none = !!found && !found.hits.length && !found.chips.length;
    this.message.textContent = none ? say("find.noneFor", { query }) : "";
    this.message.hidden = !none;
    const picture = found ? JSON.stringify([none, found.hits.length, found.complete, found.chips, found.nearest, found.hits.slice(0, MOST_HITS)]) : "";
    if (picture !== this.picture) this.draw(search, found);
    this.picture = picture;
    if (this.all) this.all.href = `${this.root}search.html?q=${encodeURIComponent(query)}`;
    return found ? found.hits.length : -1;
  }

  private draw(search: Searched, found: (Found & { complete?: boolean }) | null): void {
    this.options = [];
    this.all = null;
    const parts = document.createDocumentFragment();
    if (found) this.addFound(parts, found);
    else this.addBrowsing(parts, search.browse());
    this.element.scrollTop = 0; // before anything changes: a page need not be laid out for it
    this.list.textContent = "";
    this.list.appendChild(parts);
  }

  private addBrowsing(into: Node, chips: readonly Chip[]): void {
    const towns = chips.filter((chip) => chip.kind === "town").slice(0, MOST_TOWNS);
    this.addChips(into, say("search.towns"), towns);
    this.addChips(into, say("search.tiers"), chips.filter((chip) => chip.kind === "tier"));
  }

  private addFound(into: Node, { hits, chips, nearest, complete }: Found & { complete?: boolean }): void {
    if (nearest) this.addNearest(into, nearest);
    if (chips.length) this.addChips(into, say("find.alsoFound"), chips);
    this.addHits(into, hits.slice(0, MOST_HITS));
    if (hits.length) {
      this.all = this.option("search-all", "search.html");
      this.all.textContent = complete === false ? say("search.allSome") : say("search.all", { count: hits.length });
      into.appendChild(this.all);
    } else if (!chips.length) {
      this.addChips(into, say("search.noneTowns"), this.search!.browse().filter((chip) => chip.kind === "town").slice(0, MOST_TOWNS));
      if (this.phone) this.addPhone(into);
    }
  }

  private addNearest(into: Node, nearest: string): void {
    const option = this.option("search-nearest", `search.html?q=${encodeURIComponent(nearest)}`);
    option.textContent = say("find.nearest", { query: nearest });
    option.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.nearest(nearest);
    });
    into.appendChild(option);
  }

  private addPhone(into: Node): void {
    const option = this.option("search-call", "");
    option.href = `tel:${this.phone}`;
    option.textContent = say("search.call", { phone: this.phone });
    into.appendChild(option);
  }

  private addChips(into: Node, heading: string, chips: readonly Chip[]): void {
    if (!chips.length) return;
    const group = this.group(into, heading, "search-chips");
    for (const chip of chips) {
      const option = this.option("search-chip", addressOf(chip));
      if (chip.kind === "tier") option.appendChild(tierMark(chip.id));
      option.appendChild(document.createTextNode(`${chip.name} `));
      option.appendChild(make("b", "", String(chip.count)));
      option.appendChild(make("span", "unseen", ` ${say("search.places")}`));
      group.appendChild(option);
    }
  }

  /** Hits stand one after the other by group, so that each group's heading comes once. */
  private addHits(into: Node, hits: readonly Hit[]): void {
    let group: HTMLElement | null = null;
    hits.forEach((hit, at) => {
      if (!group || hit.group !== hits[at - 1]!.group) group = this.group(into, heading(hit.group), "");
      group.appendChild(this.hit(hit));
    });
  }

  private hit({ row, marks, note }: Hit): Option {
    const { places, facts } = this.search!;
    const option = this.option("search-hit", `positions/${places.id[row]!}.html`);
    option.appendChild(tierMark(TIERS[places.tier[row]!]!));
    const text = option.appendChild(make("span", "search-text"));
    markedName(text.appendChild(make("span", "search-name")), places.name[row]!, marks);
    text.appendChild(document.createTextNode(" "));
    const line = [townName(places.towns[places.town[row]!]!), note || placeLine(facts, row)].filter(Boolean).join(" · ");
    text.appendChild(make("span", "search-line", line));
    return option;
  }

  private group(into: Node, name: string, className: string): HTMLElement {
    const group = make("div", `search-group ${className}`);
    const title = group.appendChild(make("div", "search-heading", name));
    title.id = `${this.id}-group-${this.options.length}`;
    title.setAttribute("role", "presentation");
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", title.id);
    into.appendChild(group);
    return group;
  }

  private option(className: string, path: string): Option {
    const option = make("a", `search-option ${className}`);
    option.href = this.root + path;
    option.id = `${this.id}-${this.options.length}`;
    option.tabIndex = -1; // reached by the arrow keys of the field
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    this.options.push(option);
    return option;
  }
}

function addressOf({ kind, id, name }: Chip): string {
  if (kind === "town") return `towns/${id}.html`;
  if (kind === "brand") return `brands/${id}.html`;
  if (kind === "tier") return `tiers/${id}.html`;
  return `search.html?${kind}=${encodeURIComponent(name)}`;
}

function heading(group: Group): string {
  const names = {
    start: say("find.hits.start"), town: say("find.hits.town"), inside: say("find.hits.inside"),
    also: say("find.hits.also"), near: say("find.hits.near"), gone: say("find.hits.gone"),
  };
  return names[group];
}
