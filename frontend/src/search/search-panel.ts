// What opens under a search field: ways to browse before anything is typed, then what one may need, places, activities and
// pages, in this order, and never a blank.

import { tel } from "../core/dialled";
import { make } from "../core/dom";
import { say } from "../core/words";
import { markedName, placeLine, tierMark, townName } from "../lists/place-card";
import type { Facts, Places } from "../data/directory";
import { lookOf, lookOfId } from "../data/tiers";
import type { Vocabulary } from "../data/needs";
import type { NeedHit } from "./engine/need-match";
import type { Chip, Found, Group, Hit } from "./engine/search";
import { isTierAsked } from "./engine/tier-names";
import { isNothing, type Further } from "./further";
import { activityRow, fillRow, hotlineRow, needRow, type ResultRow } from "./result-rows";
import { understood } from "./understood";
import { waysIn, type WayOn } from "./ways";

export const MOST_HITS = 6;
const MOST_NEEDS = 3;
const MOST_TOWNS = 12;

/** What a panel shows answers of; `complete` is false where there may be more hits than these. */
export interface Searched {
  places: Places;
  facts: Facts;
  vocabulary: Vocabulary;
  browse(): Chip[];
  nearestNeed(query: string): NeedHit | null;
}

/** One thing that may be chosen; all are links, so that they open as links do. */
export type Option = HTMLAnchorElement;

const EMPTY: Found & { complete?: boolean } = { needs: [], hits: [], chips: [], nearest: null, terms: [] };

export class SearchPanel {
  readonly element = make("div", "search-panel");
  readonly list = make("div", "search-list");
  private readonly message = make("p", "search-none");
  /** Room for what the second step finds. */
  private readonly further = make("div", "");
  private furtherPicture = "";
  options: Option[] = [];
  private made = 0; // for ids that are no other's
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
    const ways = waysIn(query, search.vocabulary);
    const none = !!found && isNothing(found) && !ways.length;
    this.message.textContent = none ? [say("find.noneFor", { query }), understood(found)].filter(Boolean).join(" ") : "";
    this.message.hidden = !none;
    const { hits, complete, chips, nearest, needs } = found || EMPTY;
    const near = none ? search.nearestNeed(query) : null;
    const told = [none, near && near.need.id, hits.length, complete, chips, nearest, hits.slice(0, MOST_HITS), ways, needs.map(({ need, word }) => [need.id, word])];
    const picture = found ? JSON.stringify(told) : "";
    if (picture !== this.picture) this.draw(search, query, found, ways);
    this.picture = picture;
    if (this.all) this.all.href = `${this.root}search.html?q=${encodeURIComponent(query)}`;
    return found ? found.hits.length : -1;
  }

  /** What the second step has found; it stands between places and pages. */
  showFurther({ activities, stories }: Further): void {
    const search = this.search!;
    const picture = JSON.stringify([activities, stories]);
    if (picture === this.furtherPicture || !this.further.parentNode) return;
    this.furtherPicture = picture;
    this.further.textContent = "";
    this.addRows(this.further, say("search.activities"), activities.map((hit) => activityRow(hit, search.places, search.vocabulary.needs)));
    if (stories.length) {
      const group = this.group(this.further, say("search.stories"), "");
      for (const { row, text } of stories.slice(0, MOST_HITS)) group.appendChild(this.hit({ row, marks: [], note: text }));
    }
    if (this.further.firstChild) this.message.hidden = true;
    this.options = Array.from(this.list.querySelectorAll<Option>("[role=option]"));
  }

  private draw(search: Searched, query: string, found: (Found & { complete?: boolean }) | null, ways: readonly WayOn[]): void {
    this.options = [];
    this.all = null;
    this.further.textContent = this.furtherPicture = "";
    const parts = document.createDocumentFragment();
    if (found) this.addFound(parts, query, found, ways);
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

  private addFound(into: Node, query: string, found: Found & { complete?: boolean }, ways: readonly WayOn[]): void {
    const { needs, hits, nearest, complete } = found;
    if (nearest) this.addNearest(into, nearest);
    this.addRows(into, say("search.needs"), needs.slice(0, MOST_NEEDS).map(needRow));
    this.addHits(into, hits.slice(0, MOST_HITS), needs.length > 0, isTierAsked(found.terms, found.chips));
    if (hits.length) {
      this.all = this.option("search-all", "search.html");
      this.all.textContent = complete === false ? say("search.allSome") : say("search.all", { count: hits.length });
      into.appendChild(this.all);
    }
    if (isNothing(found) && !ways.length) this.addNearestNeed(into, query);
    into.appendChild(this.further);
    const chips = found.chips.filter(({ kind, name }) => !needs.some(({ need }) => need.kind === kind && need.name === name));
    this.addChips(into, say("find.alsoFound"), chips, ways);
    const isGone = hits.length > 0 && hits[0]!.group === "gone";
    if ((isNothing(found) && !ways.length) || isGone) this.addHelp(into, isGone);
  }

  private addNearestNeed(into: Node, query: string): void {
    const need = this.search!.nearestNeed(query);
    if (need) this.addRows(into, say("search.nearestNeed"), [needRow(need)]);
  }

  /** Where nothing is found, or only what is gone: whom to ask, and the towns. */
  private addHelp(into: Node, isGone: boolean): void {
    const { vocabulary } = this.search!;
    this.addRows(into, isGone ? say("search.goneAsk") : say("search.hotlines"), vocabulary.hotlines.map(hotlineRow));
    if (isGone) return;
    this.addChips(into, say("search.noneTowns"), this.search!.browse().filter((chip) => chip.kind === "town").slice(0, MOST_TOWNS));
    if (this.phone) this.addPhone(into);
  }

  private addRows(into: Node, heading: string, rows: readonly ResultRow[]): void {
    if (!rows.length) return;
    const group = this.group(into, heading, "");
    for (const row of rows) group.appendChild(fillRow(this.option("", ""), row, this.root));
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
    option.href = tel(this.phone);
    option.textContent = say("search.call", { phone: this.phone });
    into.appendChild(option);
  }

  private addChips(into: Node, heading: string, chips: readonly Chip[], ways: readonly WayOn[] = []): void {
    if (!chips.length && !ways.length) return;
    const group = this.group(into, heading, "search-chips");
    for (const chip of chips) {
      const option = this.option("search-chip", addressOf(chip));
      if (chip.kind === "tier") option.appendChild(tierMark(lookOfId(chip.id)));
      option.appendChild(document.createTextNode(`${chip.name} `));
      option.appendChild(make("b", "", String(chip.count)));
      option.appendChild(make("span", "unseen", ` ${say("search.places")}`));
      group.appendChild(option);
    }
    for (const { name, page } of ways) {
      const option = this.option("search-chip", page);
      option.textContent = name;
      group.appendChild(option);
    }
  }

  /** Hits stand one after the other by group, so that each group's heading comes once. */
  private addHits(into: Node, hits: readonly Hit[], isNeeded: boolean, isOfTier: boolean): void {
    let group: HTMLElement | null = null;
    hits.forEach((hit, at) => {
      if (!group || hit.group !== hits[at - 1]!.group) group = this.group(into, heading(hit.group, isNeeded, isOfTier), "");
      group.appendChild(this.hit(hit));
    });
  }

  private hit({ row, marks, note }: Pick<Hit, "row" | "marks" | "note">): Option {
    const { places, facts } = this.search!;
    const option = this.option("search-hit", `positions/${places.id[row]!}.html`);
    option.appendChild(tierMark(lookOf(places.tier[row]!)));
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
    title.id = `${this.id}-group-${this.made++}`;
    title.setAttribute("role", "presentation");
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", title.id);
    into.appendChild(group);
    return group;
  }

  private option(className: string, path: string): Option {
    const option = make("a", `search-option ${className}`);
    option.href = this.root + path;
    option.id = `${this.id}-${this.made++}`;
    option.tabIndex = -1; // reached by the arrow keys of the field
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    this.options.push(option);
    return option;
  }
}

/** Below the site's root. */
export function addressOf({ kind, id, name }: Chip): string {
  if (kind === "town") return `towns/${id}.html`;
  if (kind === "brand") return `brands/${id}.html`;
  if (kind === "tier") return `tiers/${id}.html`;
  return `search.html?${kind}=${encodeURIComponent(name)}`;
}

/** `isNeeded`: these places are found because they have what is needed; `isOfTier`: or because of what their tier is called. */
export function heading(group: Group, isNeeded: boolean, isOfTier: boolean): string {
  if (group === "also" && isNeeded) return say("search.having");
  if (group === "also" && isOfTier) return say("find.hits.tier");
  const names = {
    start: say("find.hits.start"), town: say("find.hits.town"), inside: say("find.hits.inside"),
    also: say("find.hits.also"), near: say("find.hits.near"), gone: say("find.hits.gone"),
  };
  return names[group];
}
