// The flowers on the map. After every move the wanted marks are compared by key with those that stand: what stays is not
// touched, so focus, animation and the screen reader's place survive.

import { flower, make } from "../../core/dom";
import { DivIcon, LeafletMap, Marker } from "../core/leaflet";
import type { MapMark } from "../core/mark";
import { depth, type Sizes } from "../core/sizes";
import type { MarkNames } from "./mark-names";
import { heart } from "./tier-ring";

interface Mark {
  entry: MapMark;
  button: HTMLButtonElement;
  marker: Marker;
}

export class Marks {
  private marks = new Map<string, Mark>();
  private dragged = false;

  constructor(
    private readonly map: LeafletMap,
    private readonly names: MarkNames,
    private readonly sizes: Sizes,
    private readonly act: (entry: MapMark) => void,
  ) {
    // The click that ends a drag comes in the same task. Leaflet's own `moved()` would last until the next press, and a
    // screen reader clicks without pressing.
    map.on("dragend", () => {
      this.dragged = true;
      setTimeout(() => (this.dragged = false));
    });
  }

  /** Draws exactly these; `opening` lets new flowers open. The focus never falls into nothing: it goes to the nearest mark. */
  show(entries: MapMark[], opening: boolean): void {
    const before = this.marks;
    const focused = this.focused();
    this.marks = new Map();
    for (const entry of inReadingOrder(entries)) {
      const kept = before.get(entry.key);
      if (kept) kept.entry = entry; // supercluster's id is another one at every zoom
      this.marks.set(entry.key, kept || this.add(entry, opening));
    }
    this.arrange(focused);
    if (focused && !this.marks.has(focused.entry.key)) this.focusNearest(focused.entry);
    before.forEach((mark, key) => {
      if (!this.marks.has(key)) mark.marker.remove();
    });
  }

  /** Takes every mark away, so that the next ones are drawn in another size. */
  clear(): void {
    this.marks.forEach((mark) => mark.marker.remove());
    this.marks = new Map();
  }

  has(key: string): boolean {
    return this.marks.has(key);
  }

  /** Returns the focus to a mark, or where it has gone to the one nearest its place. */
  focus(entry: MapMark): void {
    const mark = this.marks.get(entry.key);
    if (mark) mark.button.focus({ preventScroll: true });
    else this.focusNearest(entry);
  }

  /** Says to assistive technology which mark the open card belongs to. */
  expand(entry: MapMark, open: boolean): void {
    const mark = this.marks.get(entry.key);
    if (mark) mark.button.setAttribute("aria-expanded", String(open));
  }

  /** The mark that has the focus. */
  focused(): Mark | undefined {
    const active = document.activeElement;
    return Array.from(this.marks.values()).find((mark) => mark.button === active);
  }

  /** The nearest mark inside the view; without one, the map itself. */
  private focusNearest(entry: MapMark): void {
    const bounds = this.map.getBounds();
    const from = this.map.latLngToLayerPoint(entry);
    let best: Mark | undefined;
    let least = Infinity;
    this.marks.forEach((mark) => {
      const away = from.distanceTo(this.map.latLngToLayerPoint(mark.entry));
      if (away < least && bounds.contains(mark.entry)) [best, least] = [mark, away];
    });
    (best ? best.button : this.map.getContainer()).focus({ preventScroll: true });
  }

  private add(entry: MapMark, opening: boolean): Mark {
    const button = this.draw(entry);
    if (opening) button.classList.add("is-opening");
    // Leaflet's own keyboard support gives a focusable <div> that Enter does not activate; a real button inside is better.
    const icon = new DivIcon({ className: "map-pin", html: button, iconSize: [0, 0] });
    // Where petals overlap, the smaller mark lies on top.
    const zIndexOffset = -1000 * this.sizes.of(entry);
    const marker = new Marker(entry, { icon, zIndexOffset, interactive: false, keyboard: false }).addTo(this.map);
    const mark = { entry, button, marker };
    button.addEventListener("click", (event) => {
      event.stopPropagation(); // the map would take it for a click on the ground and close the card
      if (!this.dragged) this.act(mark.entry);
    });
    button.addEventListener("dblclick", (event) => event.stopPropagation()); // it would zoom once more
    return mark;
  }

  private draw(entry: MapMark): HTMLButtonElement {
    const single = entry.count === 1;
    const look = single ? this.names.lookOf(entry.row) : "centre";
    const numbers = this.names.numbers(entry);
    const button = make("button", `map-mark ${single ? "is-single" : `is-cluster is-${depth(entry.count)}`}`);
    button.type = "button";
    button.classList.toggle("is-rough", entry.rough);
    button.setAttribute("aria-label", this.names.of(entry));
    button.style.setProperty("--d", `${this.sizes.of(entry)}px`);
    button.appendChild(flower(single && !numbers ? look : "centre", `map-flower is-tier-${look}`));
    if (single) {
      button.setAttribute("aria-haspopup", "dialog");
      button.setAttribute("aria-expanded", "false");
    }
    if (numbers || !single) button.appendChild(heart(numbers || String(entry.count), entry.tiers));
    return button;
  }

  /** Puts the marks into the order of Tab. The focused one must not be moved in the document: it would lose the focus. */
  private arrange(focused: Mark | undefined): void {
    const pane = this.map.getPane("markerPane")!;
    const wanted = Array.from(this.marks.values(), (mark) => mark.marker.getElement()!);
    const pivot = focused && focused.marker.getElement()!;
    const at = pivot ? wanted.indexOf(pivot) : -1;
    wanted.forEach((element, index) => {
      if (element === pivot) return;
      if (index < at) pane.insertBefore(element, pivot!);
      else if (pane.lastChild !== element) pane.appendChild(element);
    });
  }
}

/** North to south in rows, west to east in a row, as one reads: the order of Tab. */
function inReadingOrder(entries: MapMark[]): MapMark[] {
  const lats = entries.map((entry) => entry.lat);
  const row = (Math.max(...lats) - Math.min(...lats)) / 6 || 1;
  const top = Math.max(...lats);
  const rowOf = (entry: MapMark): number => Math.floor((top - entry.lat) / row);
  return entries.sort((a, b) => rowOf(a) - rowOf(b) || a.lng - b.lng);
}
