// Where the map looks: the opening view, how far out one may go, steps of zooming that lose no tap.

import type { View } from "../../core/views";
import { LatLngBounds, LeafletMap, Point } from "../core/leaflet";
import type { Bounds } from "../core/map-data";
import type { Sizes } from "../core/sizes";

const MARGIN: [number, number] = [48, 64]; // pixels for flowers, names and controls around what must be seen, on a phone
const NEAREST = 15; // the zoom beyond which a result is not brought closer: one place alone needs its surroundings
const CLOSE = 2; // levels kept back from the deepest zoom when something is shown: some of its surroundings help

export interface Sights {
  /** What the page opens with. */
  opening: LatLngBounds;
  /** What "show all" shows. */
  everything(): LatLngBounds;
}

export class Camera {
  private moved = false;
  private isOwn = false; // what moves the map at present is not the visitor
  private framed: LatLngBounds | null = null; // what it was made to show last; null: the opening view
  private isZooming = false;
  private wanted = 0; // asked for while it was still zooming

  constructor(
    private readonly map: LeafletMap,
    private readonly sights: Sights,
    private readonly sizes: Sizes,
    private readonly animate: boolean,
    /** What should stay where it is while zooming: the mark that has the focus. */
    private readonly pivot: () => { lat: number; lng: number } | undefined,
  ) {
    this.frame(null);
    map.on("zoomstart", () => this.zooming(true));
    map.on("zoomend", () => this.zooming(false));
    map.on("dragstart zoomstart", () => (this.moved = this.moved || !this.isOwn));
    map.on("resize", () => this.adapt());
  }

  /** The room or the print has changed: who has not moved the map since sees all of what it showed again. */
  adapt(): void {
    if (!this.map.getSize().x) return; // reading mode took the map away
    if (this.moved) this.limit();
    else this.frame(this.framed);
  }

  /** Another result: looks at this, null: at the opening view. Until she moves the map it is kept in view. */
  frame(bounds: LatLngBounds | null): void {
    this.framed = bounds;
    this.limit();
    const deepest = this.map.getMaxZoom() - CLOSE;
    this.isOwn = true;
    this.map.fitBounds(bounds || this.sights.opening, { padding: this.margin(), maxZoom: bounds ? Math.min(NEAREST, deepest) : deepest, animate: false });
    this.isOwn = false;
    this.moved = false;
  }

  /** Where she has moved the map; null: she has not. */
  view(): View | null {
    const { lat, lng } = this.map.getCenter();
    return this.moved ? { lat, lon: lng, zoom: this.map.getZoom() } : null;
  }

  /** As she left it. */
  look({ lat, lon, zoom }: View): void {
    this.limit();
    this.closeTo({ lat, lng: lon }, zoom);
  }

  /** She has set her eyes on something: a change of the room no longer moves the map. */
  keep(): void {
    this.moved = true;
  }

  /** Around the mark that has the focus, so that it stays where it is; else around the middle. */
  zoom(by: number): void {
    const { map } = this;
    if (this.isZooming) {
      this.wanted += by; // Leaflet would drop it, and a quick finger be ignored
      return;
    }
    const around = this.pivot();
    const zoom = Math.max(map.getMinZoom(), Math.min(map.getMaxZoom(), map.getZoom() + by));
    if (zoom === map.getZoom()) return;
    this.isZooming = true; // the map itself says so only a frame later
    if (around) map.setZoomAround(around, zoom, { animate: this.animate });
    else map.setZoom(zoom, { animate: this.animate });
  }

  showAll(): void {
    this.fit(this.sights.everything(), this.animate);
  }

  fit(bounds: LatLngBounds, animate = false): void {
    this.map.fitBounds(bounds, { padding: this.margin(), maxZoom: this.map.getMaxZoom() - CLOSE, animate });
    this.moved = true;
  }

  /** In on what comes apart at a zoom. */
  into(bounds: LatLngBounds, split: number): void {
    const fitting = this.map.getBoundsZoom(bounds, false, this.margin().multiplyBy(2));
    this.map.setView(bounds.getCenter(), Math.min(this.map.getMaxZoom(), Math.max(fitting, split)), { animate: this.animate });
  }

  /** Close to one spot, at once. */
  closeTo(spot: { lat: number; lng: number }, zoom: number): void {
    this.map.setView(spot, Math.min(this.map.getMaxZoom(), zoom), { animate: false });
    this.moved = true;
  }

  /** Keeps a lost finger near the places: a little further out than everything, and not far to the side of it. */
  limit(): void {
    const { map } = this;
    map.options.minZoom = 0;
    const reach = new LatLngBounds([]).extend(this.sights.everything()).extend(this.sights.opening);
    const zoom = Math.max(0, Math.min(map.getMaxZoom() - CLOSE, map.getBoundsZoom(reach, false, this.margin().multiplyBy(2))) - 0.5);
    // Measured in the widest view: were the limits narrower than that, it would jump back after every drag.
    const middle = map.project(reach.getCenter(), zoom);
    const half = map.getSize().divideBy(2);
    const widest = new LatLngBounds(map.unproject(middle.subtract(half), zoom), map.unproject(middle.add(half), zoom));
    map.setMinZoom(zoom);
    map.setMaxBounds(widest.pad(0.25));
  }

  private margin(): Point {
    const unit = Math.min(this.sizes.unit, this.map.getSize().x / 8 / MARGIN[0]); // large print on a small phone
    return new Point(MARGIN[0] * unit, Math.min(MARGIN[1] * unit, this.map.getSize().y / 6)); // above a sheet it is low
  }

  private zooming(begins: boolean): void {
    this.isZooming = begins;
    if (begins || !this.wanted) return;
    const by = this.wanted;
    this.wanted = 0;
    setTimeout(() => this.zoom(by)); // after the marks of this step are drawn
  }
}

export function toLatLngBounds([west, south, east, north]: Bounds): LatLngBounds {
  return new LatLngBounds([south, west], [north, east]);
}
