// The map of places: replaces the static picture in `.map[data-src]` once everything is ready, and never before.

import { Clusters, MAX_ZOOM, type Entry } from "./clusters";
import { Controls } from "./controls";
import { loadData, type MapData } from "./data";
import { make, reducedMotion } from "./dom";
import { guardWheel, listenToKeys } from "./input";
import { join } from "./joining";
import { Labels } from "./labels";
import { ground, LatLngBounds, LeafletMap, Point } from "./leaflet";
import { diameter, Marks } from "./marks";
import { Names } from "./names";
import { Popup } from "./popup";
import { readWords, type Words } from "./words";

const MARGIN: [number, number] = [48, 64]; // room for flowers, names and controls around what must be seen
const ROOM = new Point(2 * MARGIN[0], 2 * MARGIN[1]); // the same on both sides
const HIT = 44; // the least that one taps; map.css

/** One live map; draws itself anew after every move. */
class PlaceMap {
  private readonly map: LeafletMap;
  private readonly clusters: Clusters;
  private readonly marks: Marks;
  private readonly popup: Popup;
  private readonly labels: Labels;
  private readonly controls: Controls;
  private readonly animate = !reducedMotion();
  private readonly everything: LatLngBounds;
  private readonly view: LatLngBounds;
  private drawnZoom = -1;
  private moved = false;
  private isZooming = false;
  private wantedZoom = 0; // asked for while it was still zooming

  constructor(stage: HTMLElement, private readonly data: MapData, words: Words, root: string, opening: LatLngBounds | null) {
    const names = new Names(data, words);
    const canvas = make("div", "map-canvas");
    canvas.tabIndex = -1; // takes the focus when there is no mark left to take it
    stage.appendChild(canvas); // Leaflet measures it at once
    this.everything = extent(data, null) || opening || new LatLngBounds([31.1, 120.8], [31.55, 121.2]);
    this.clusters = new Clusters(data);
    this.map = new LeafletMap(canvas, {
      attributionControl: false, zoomControl: false, keyboard: false,
      maxZoom: MAX_ZOOM, zoomSnap: 0.25, zoomDelta: 1, wheelPxPerZoomLevel: 120,
      zoomAnimation: this.animate, markerZoomAnimation: this.animate, fadeAnimation: false, inertia: this.animate,
      maxBoundsViscosity: 0.6,
    });
    this.controls = new Controls(this.map, words, (by) => this.zoom(by), () => this.showAll());
    stage.insertBefore(this.controls.top, canvas); // before the marks in the order of Tab
    stage.appendChild(this.controls.bottom);
    this.view = extent(data, opening) || opening || this.everything;
    this.home();

    ground({ keepBuffer: 1, updateWhenZooming: false }, () => make("div", "map-dots")).addTo(this.map);
    this.labels = new Labels(this.map, data);
    this.marks = new Marks(this.map, names, (entry) => this.act(entry));
    this.popup = new Popup(this.map, data, names, words, root, (entry, hadFocus) => {
      this.marks.expand(entry, false);
      if (hadFocus) this.marks.focus(entry);
    });
    guardWheel(stage, words.wheel);
    listenToKeys(stage, {
      move: (x, y) => this.map.panBy([x, y], { animate: this.animate }),
      zoom: (by) => this.zoom(by),
      showAll: () => this.showAll(),
      escape: () => this.escape(),
    });
    this.map.on("zoomstart", () => this.zooming(stage, true));
    this.map.on("zoomend", () => this.zooming(stage, false));
    this.map.on("moveend", () => this.draw());
    this.map.on("dragstart zoomstart", () => (this.moved = true));
    this.map.on("resize", () => (this.moved ? this.limit() : this.home()));
    this.draw();
    if (window.ResizeObserver) new ResizeObserver(() => this.map.invalidateSize()).observe(canvas);
  }

  /** The opening view. */
  private home(): void {
    this.limit();
    this.map.fitBounds(this.view, { padding: MARGIN, maxZoom: MAX_ZOOM - 2, animate: false });
    this.moved = false; // what happened here was not the visitor's doing
  }

  /** Keeps a lost finger near the places: a little further out than everything, and not far to the side of it. */
  private limit(): void {
    const { map } = this;
    map.options.minZoom = 0;
    const reach = new LatLngBounds([]).extend(this.everything).extend(this.view);
    const zoom = Math.max(0, Math.min(MAX_ZOOM - 2, map.getBoundsZoom(reach, false, ROOM)) - 0.5);
    // Measured in the widest view: were the limits narrower than that, it would jump back after every drag.
    const middle = map.project(reach.getCenter(), zoom);
    const half = map.getSize().divideBy(2);
    const widest = new LatLngBounds(map.unproject(middle.subtract(half), zoom), map.unproject(middle.add(half), zoom));
    map.setMinZoom(zoom);
    map.setMaxBounds(widest.pad(0.25));
  }

  private draw(): void {
    const zoom = this.map.getZoom();
    // More than the view: flowers whose heart is outside still reach in, and what is joined at the edge stays so while panning.
    const found = this.clusters.within(this.map.getBounds().pad(0.25), zoom);
    const room = (entry: Entry): number => Math.max(diameter(entry), HIT);
    const entries = join(found, (entry) => this.map.latLngToLayerPoint(entry), room);
    this.marks.show(entries, this.animate && zoom !== this.drawnZoom);
    this.drawnZoom = zoom;
    if (this.popup.entry && !this.marks.has(this.popup.entry.key)) this.popup.close();
    this.controls.update(this.inView());
    this.labels.place(entries, this.controls.boxes());
  }

  private inView(): number {
    const bounds = this.map.getBounds();
    const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    const { lon, lat } = this.data;
    return lon.reduce((sum, x, row) => sum + Number(x >= west && x <= east && lat[row]! >= south && lat[row]! <= north), 0);
  }

  /** A mark was chosen: what can come apart does, all else is told in a card. */
  private act(entry: Entry): void {
    const split = this.clusters.splitZoom(entry, this.map.getZoom());
    if (split > MAX_ZOOM) {
      this.popup.open(entry, this.clusters.rows(entry), diameter(entry) / 2, this.controls.clear());
      this.marks.expand(entry, true);
      return;
    }
    const [west, south, east, north] = entry.bounds;
    const bounds = new LatLngBounds([south, west], [north, east]);
    const fitting = this.map.getBoundsZoom(bounds, false, ROOM);
    this.map.setView(bounds.getCenter(), Math.min(MAX_ZOOM, Math.max(fitting, split)), { animate: this.animate });
  }

  /** Around the mark that has the focus, so that it stays where it is; else around the middle. */
  private zoom(by: number): void {
    if (this.isZooming) {
      this.wantedZoom += by; // Leaflet would drop it, and a quick finger be ignored
      return;
    }
    const around = this.marks.focused();
    const zoom = Math.max(this.map.getMinZoom(), Math.min(MAX_ZOOM, this.map.getZoom() + by));
    if (zoom === this.map.getZoom()) return;
    this.isZooming = true; // the map itself says so only a frame later
    if (around) this.map.setZoomAround(around.entry, zoom, { animate: this.animate });
    else this.map.setZoom(zoom, { animate: this.animate });
  }

  private zooming(stage: HTMLElement, begins: boolean): void {
    this.isZooming = begins;
    stage.classList.toggle("is-zooming", begins);
    if (begins || !this.wantedZoom) return;
    const by = this.wantedZoom;
    this.wantedZoom = 0;
    setTimeout(() => this.zoom(by)); // after the marks of this step are drawn
  }

  private showAll(): void {
    this.map.fitBounds(this.everything, { padding: MARGIN, maxZoom: MAX_ZOOM - 2, animate: this.animate });
  }

  private escape(): boolean {
    const open = this.popup.entry !== null;
    this.popup.close();
    return open;
  }
}

/** Around the places and towns, of a part if one is given; null where there is nothing. */
function extent(data: MapData, part: LatLngBounds | null): LatLngBounds | null {
  const bounds = new LatLngBounds([]);
  const add = (lat: number, lng: number): void => {
    if (!part || part.contains([lat, lng])) bounds.extend([lat, lng]);
  };
  data.lon.forEach((lon, row) => add(data.lat[row]!, lon));
  if (part) for (const { lat, lon } of data.towns) if (lat !== null && lon !== null) add(lat, lon);
  return bounds.isValid() ? bounds : null;
}

function readBounds(text: string | undefined): LatLngBounds | null {
  const [west, south, east, north] = (text || "").split(",").map(Number);
  return west && south && east && north ? new LatLngBounds([south, west], [north, east]) : null;
}

/** Puts the map beside the static picture and, once it stands, in its place; what else the page put there stays. */
function start(element: HTMLElement, picture: Element, data: MapData, words: Words): void {
  const stage = make("div", "map-stage");
  stage.setAttribute("role", "region");
  stage.setAttribute("aria-label", words.label);
  const help = make("p", "map-help", words.help);
  help.id = `${element.id || "map"}-help`;
  stage.setAttribute("aria-describedby", help.id);
  stage.appendChild(help);
  picture.insertAdjacentElement("afterend", stage);
  try {
    new PlaceMap(stage, data, words, element.dataset.root || "", readBounds(element.dataset.bounds));
    element.classList.add("is-live"); // only now does the static picture go
  } catch (error) {
    stage.remove();
    throw error;
  }
}

function boot(element: HTMLElement): void {
  const { src } = element.dataset;
  const picture = element.querySelector(".map-picture");
  if (!src || !picture) return; // nothing to draw: the page says so in its own words
  const words = readWords(element.dataset.words);
  const load = (): void => loadData(src, (data) => data.id.length && start(element, picture, data, words), (why) => console.warn(why.message));
  if (!window.IntersectionObserver) return load();
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    load();
  }, { rootMargin: "400px" });
  watch.observe(element);
}

document.querySelectorAll<HTMLElement>(".map[data-src]").forEach(boot);
