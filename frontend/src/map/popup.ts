// The card of a position, and the list where several stand on one spot: both open at their mark and close with Escape.

import { button, flower, line, make, reducedMotion } from "../core/dom";
import { LeafletMap, setPosition } from "./core/leaflet";
import type { MapData } from "./core/map-data";
import type { MapMark } from "./core/mark";
import type { Words } from "./core/words";
import type { MarkNames } from "./marks/mark-names";

const GAP = 12; // to the edges of the map
const NARROWEST = 9; // letters in a line of a card

/** What to keep free at the top and at the right, in pixels. */
interface Clear {
  top: number;
  right: number;
}

export class Popup {
  entry: MapMark | null = null;
  /** What is told of a place besides its name, where the page knows more. */
  tell: ((row: number) => HTMLElement) | null = null;
  private element: HTMLElement | null = null;

  constructor(
    private readonly map: LeafletMap,
    private readonly data: MapData,
    private readonly names: MarkNames,
    private readonly words: Words,
    private readonly root: string,
    private readonly closed: (entry: MapMark, hadFocus: boolean) => void,
  ) {
    map.on("zoom viewreset", () => this.place());
    map.on("click", () => this.close());
  }

  /** Opens over a mark; `lift` is how far above the mark's centre it stands, `clear` what to keep free at the top and right. */
  open(entry: MapMark, rows: number[], lift: number, keys: Clear): void {
    this.close();
    const clear = this.roomBeside(keys);
    const single = rows.length === 1;
    const title = single ? this.data.name[rows[0]!]! : this.names.listTitle(entry);
    const box = make("div", "map-popup");
    box.style.setProperty("--lift", `${lift}px`);
    box.style.maxWidth = `${this.map.getSize().x - GAP - clear.right}px`;
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-label", title);
    const shut = button("map-close", this.words.close, () => this.close());
    shut.appendChild(line("M6 6L18 18M18 6L6 18"));
    box.appendChild(make("p", "map-popup-title", title));
    box.appendChild(single ? this.card(rows[0]!, entry) : this.list(rows, entry));
    box.appendChild(shut); // last: Tab reaches what one came for first
    // Neither a click nor the wheel in here is meant for the map beneath.
    for (const type of ["click", "dblclick", "mousedown", "pointerdown", "touchstart", "wheel", "contextmenu"]) {
      box.addEventListener(type, (event) => event.stopPropagation());
    }
    const holder = make("div", "map-popup-holder");
    holder.appendChild(box);
    this.element = holder;
    this.entry = entry;
    this.map.getPane("popupPane")!.appendChild(holder);
    this.place();
    this.cutToFit(box, this.map.getSize().y - clear.top - lift - 3 * GAP);
    this.bringIntoView(box, clear);
    const first = box.querySelector<HTMLElement>("a");
    if (first) first.focus({ preventScroll: true });
  }

  close(): void {
    const { element, entry } = this;
    if (!element || !entry) return;
    const hadFocus = element.contains(document.activeElement);
    this.element = this.entry = null;
    this.stage().classList.remove("has-cut");
    // The focus moves before the element goes: in between it would fall to the top of the page.
    this.closed(entry, hadFocus);
    element.remove();
  }

  private card(row: number, entry: MapMark): HTMLElement {
    const card = make("div", "map-card");
    const facts = make("p", "map-facts");
    facts.appendChild(this.flower(row));
    facts.appendChild(make("span", "", this.names.tierOf(row)));
    facts.appendChild(make("span", "", this.names.townOf(row)));
    card.appendChild(facts);
    if (entry.rough) card.appendChild(make("p", "map-todo", this.words.rough));
    const link = this.link(row, "map-go", this.words.open);
    // Out of its place "查看" says nothing; the visible word stays the first of the name (WCAG 2.5.3).
    link.setAttribute("aria-label", `${this.words.open} ${this.data.name[row]}`);
    const told = this.tell && card.appendChild(this.tell(row));
    ((told && told.querySelector(".card-acts")) || card).appendChild(link);
    return card;
  }

  private list(rows: number[], entry: MapMark): HTMLElement {
    const list = make("ul", "map-spot");
    list.style.maxHeight = `${Math.max(132, this.map.getSize().y * 0.5)}px`;
    for (const row of rows) {
      const item = make("li", "");
      const link = this.link(row, "map-item", "");
      const mark = this.flower(row);
      if (!this.data.precise[row]) mark.classList.add("is-rough");
      link.appendChild(mark);
      link.appendChild(make("span", "", this.data.name[row]));
      if (!entry.rough && !this.data.precise[row]) link.appendChild(make("span", "map-todo", this.words.rough));
      item.appendChild(link);
      list.appendChild(item);
    }
    return list;
  }

  private flower(row: number): SVGSVGElement {
    const look = this.names.lookOf(row);
    return flower(look, `map-flower is-tier-${look}`);
  }

  private link(row: number, className: string, text: string): HTMLAnchorElement {
    const link = make("a", className, text);
    link.href = `${this.root}positions/${encodeURIComponent(this.data.id[row]!)}.html`;
    return link;
  }

  private place(): void {
    if (this.element && this.entry) setPosition(this.element, this.map.latLngToLayerPoint(this.entry).round());
  }

  /** Where large letters leave no room beside the map's keys, the card lies over them. */
  private roomBeside(keys: Clear): Clear {
    const letter = parseFloat(getComputedStyle(this.map.getContainer()).fontSize);
    return this.map.getSize().x - GAP - keys.right < NARROWEST * letter ? { top: GAP, right: GAP } : keys;
  }

  private stage(): Element {
    const container = this.map.getContainer();
    return container.closest(".map-stage") || container;
  }

  /** A card higher than the map would push its own mark out of it, and go with it: it scrolls instead. */
  private cutToFit(box: HTMLElement, height: number): void {
    if (box.offsetHeight <= height) return;
    box.classList.add("is-cut");
    this.stage().classList.add("has-cut"); // count and keys step back meanwhile
    box.style.maxHeight = `${height}px`;
  }

  private bringIntoView(box: HTMLElement, clear: Clear): void {
    const inner = box.getBoundingClientRect();
    const outer = this.map.getContainer().getBoundingClientRect();
    // What is too large shows its beginning.
    const over = (low: number, high: number, from: number, to: number): number =>
      low < from ? low - from : high > to ? Math.min(high - to, low - from) : 0;
    const by: [number, number] = [
      over(inner.left, inner.right, outer.left + GAP, outer.right - clear.right),
      over(inner.top, inner.bottom, outer.top + clear.top, outer.bottom - GAP),
    ];
    if (by[0] || by[1]) this.map.panBy(by, { animate: !reducedMotion() });
  }
}
