// One live map of places: draws itself anew after every move, and does what the page around it asks.

import { make, reducedMotion } from "../core/dom";
import type { View } from "../core/views";
import type { Blocks } from "../data/blocks";
import type { Spot } from "../data/geo";
import { LatLngBounds, LeafletMap } from "./core/leaflet";
import { boxAround, rowsNowhere, type Bounds, type MapData } from "./core/map-data";
import type { MapMark } from "./core/mark";
import { lineOf, numbersOf } from "./core/route";
import { Sizes } from "./core/sizes";
import type { Words } from "./core/words";
import { BlockClusters, type Part } from "./marks/block-clusters";
import { Clusters } from "./marks/clusters";
import { MarkNames } from "./marks/mark-names";
import { Marks } from "./marks/marks";
import { joinOverlapping } from "./marks/overlap";
import type { PlaceSource } from "./marks/place-source";
import { TownLabels } from "./marks/town-labels";
import { Popup } from "./popup";
import { baseBeneath, type Base, type Box } from "./view/base-layers";
import { Camera, toLatLngBounds } from "./view/camera";
import { Controls } from "./view/controls";
import { addGround, addLines, maxZoomOf, type Layers } from "./view/ground";
import { guardWheel, listenToKeys } from "./view/input";
import { Visitor } from "./visitor";

const NEAR = 15; // the zoom at which one place is shown
const ABOUT = 13; // the zoom at which a spot's surroundings are shown: some kilometres

export interface MapOptions {
  words: Words;
  /** From this page to the site's root. */
  root: string;
  /** The opening view, in WGS-84; without it all places are shown. */
  opening: Bounds | null;
  /** The page's part of the directory: 1 for every row that is drawn; null: all. */
  mask: Uint8Array | null;
  /** Rows of the page's route, in its order; none where it has no route. */
  stops: number[];
  layers: Layers;
  /** Map approval numbers of the layers; "" where there are none. */
  approval: string;
  /** Whose the base is; "" where there is none. */
  credit?: string;
  /** Where the directory comes in blocks: these, and the page's part of them as far as that needs no mask. */
  blocks?: { all: Blocks; part: Part } | null;
  /** Told of the rows of a mark that does not come apart, instead of a card over the map with links in it. */
  chosen?: (rows: number[]) => void;
}

/** What a result is looked at with: its rows and where the visitor is, or just as she left it; null: the opening view. */
export type Sight = { rows: readonly number[]; spot: Spot | null } | View | null;

export class PlaceMap {
  private readonly map: LeafletMap;
  private readonly camera: Camera;
  private readonly clusters: PlaceSource;
  private readonly marks: Marks;
  private readonly popup: Popup;
  private readonly labels: TownLabels;
  private readonly controls: Controls;
  private readonly visitor: Visitor;
  private readonly sizes: Sizes;
  private readonly animate = !reducedMotion();
  private readonly watchers: ((rows: number[]) => void)[] = [];
  private base: Base | null = null;
  private taken: Box[] = []; // where nothing may be written
  private opens: () => void = () => undefined;
  private mask: Uint8Array | null;
  private drawn: MapMark[] = [];
  private drawnZoom = -1;
  private inView: number[] = [];
  private whole: LatLngBounds | null = null; // of what is selected

  constructor(private readonly stage: HTMLElement, private readonly data: MapData, private readonly options: MapOptions) {
    const { words, root, layers } = options;
    const numbers = (entry: MapMark): string => numbersOf(options.stops, options.stops.length ? this.clusters.members(entry) : []);
    const names = new MarkNames(data, words, numbers);
    const canvas = make("div", "map-canvas");
    canvas.tabIndex = -1; // takes the focus when there is no mark left to take it
    stage.appendChild(canvas); // Leaflet measures it at once
    this.mask = options.mask;
    this.sizes = new Sizes(stage);
    this.clusters = this.source();
    this.map = new LeafletMap(canvas, {
      attributionControl: false, zoomControl: false, keyboard: false,
      maxZoom: maxZoomOf(layers.tiles), zoomSnap: 0.25, zoomDelta: 1, wheelPxPerZoomLevel: 120,
      zoomAnimation: this.animate, markerZoomAnimation: this.animate, fadeAnimation: false, inertia: this.animate,
      maxBoundsViscosity: 0.6,
    });
    const sights = { opening: this.opening(), everything: () => this.everything() };
    this.camera = new Camera(this.map, sights, this.sizes, this.animate, () => this.focusedEntry());
    this.controls = new Controls(
      this.map, words, this.sizes, [options.approval, options.credit || ""], (by) => this.camera.zoom(by), () => this.camera.showAll(),
    );
    stage.insertBefore(this.controls.top, canvas); // before the marks in the order of Tab
    stage.appendChild(this.controls.bottom);
    addGround(this.map, layers);
    if (options.stops.length) addLines(this.map, lineOf(options.stops, data), "map-route");
    stage.classList.toggle("has-tiles", layers.tiles !== "");
    this.labels = new TownLabels(this.map, data, this.mask, this.sizes, this.clusters instanceof BlockClusters ? this.clusters.towns() : null);
    this.marks = new Marks(this.map, names, this.sizes, (entry) => this.act(entry));
    this.popup = new Popup(this.map, data, names, words, root, (entry, hadFocus) => {
      this.marks.expand(entry, false);
      if (hadFocus) this.marks.focus(entry);
    });
    this.visitor = new Visitor(this.map, stage, words);
    this.listen();
    this.draw();
  }

  /** Only these rows, 1 for each, from now on; null: all of the page's own. Where the map looks stays, unless it is told. */
  select(rows: Uint8Array | null, sight?: Sight): void {
    this.mask = rows || this.options.mask;
    this.whole = null;
    this.popup.close();
    const wait = this.clusters.select(this.mask);
    const show = (): void => {
      if (sight === undefined) this.camera.limit();
      else if (sight && "zoom" in sight) this.camera.look(sight);
      else this.camera.frame(sight && this.boxOf(sight));
      this.draw();
    };
    if (wait) wait.then(show, (why: unknown) => console.warn(String(why)));
    else show();
  }

  /** Calls with the rows in view, in the directory's order: now, and after each change. */
  onView(callback: (rows: number[]) => void): void {
    this.watchers.push(callback);
    callback(this.inView);
  }

  /** What a card tells of a place besides its name; `opens` is told before one comes. */
  describe(tell: (row: number) => HTMLElement, opens: () => void = this.opens): void {
    this.popup.tell = tell;
    this.opens = opens;
  }

  /** The room for it has changed; at once and not with the next frame. */
  resized(): void {
    this.map.invalidateSize({ animate: false });
  }

  /** The next tap on the ground, in WGS-84; null when the visitor leaves it. */
  chooseSpot(): Promise<Spot | null> {
    this.popup.close();
    this.stage.scrollIntoView({ block: "nearest" });
    return this.visitor.choose().then((at) => at && this.options.layers.shift.back({ lon: at.lng, lat: at.lat }));
  }

  /** Marks where the visitor is, in WGS-84; null: no longer. */
  showSelf(spot: Spot | null): void {
    this.visitor.show(spot && this.at(spot));
  }

  /** Shows all of these rows, or the surroundings of a spot in WGS-84. */
  fit(what: number[] | Spot): void {
    if (!Array.isArray(what)) return this.camera.closeTo(this.at(what), ABOUT);
    const box = boxAround(this.data, what);
    if (box) this.camera.fit(toLatLngBounds(box));
  }

  /** Shows all of these spots in WGS-84. */
  surround(spots: readonly Spot[]): void {
    const bounds = new LatLngBounds([]);
    for (const spot of spots) bounds.extend(this.at(spot));
    if (bounds.isValid()) this.camera.fit(bounds);
  }

  /** Where it looks, if she has moved it there. */
  view(): View | null {
    return this.camera.view();
  }

  look(view: View): void {
    this.camera.look(view);
  }

  /** The page's own rows that stand nowhere. */
  rowsNowhere(): number[] {
    return this.clusters instanceof BlockClusters ? this.clusters.rowsNowhere() : rowsNowhere(this.data, this.options.mask);
  }

  /** Puts the base beneath all that is drawn already. */
  bringBase(): Promise<void> {
    return baseBeneath(this.map, this.stage, this.options.root, this.options.layers.shift).then((base) => {
      this.base = base;
      base.show(this.taken);
    });
  }

  /** By so many levels, as the keys on the map do. */
  zoom(by: number): void {
    this.camera.zoom(by);
  }

  showAll(): void {
    this.camera.showAll();
  }

  /** Opens the card of one place; false where it stands nowhere or is not selected. */
  reveal(row: number): boolean {
    const spot = { lng: this.data.lon[row]!, lat: this.data.lat[row]! };
    if (spot.lng !== spot.lng || (this.mask && !this.mask[row])) return false;
    this.stage.scrollIntoView({ block: "nearest" });
    let zoom = Math.max(NEAR, this.map.getZoom());
    for (;;) {
      this.camera.closeTo(spot, zoom);
      const entry = this.drawn.find((one) => one.row === row || (one.row < 0 && this.clusters.members(one).indexOf(row) >= 0));
      if (!entry) return false;
      const split = this.clusters.splitZoom(entry, this.map.getZoom());
      if (split === Infinity || split <= zoom) {
        this.open(entry);
        return true;
      }
      zoom = split;
    }
  }

  private listen(): void {
    const { stage, map, camera } = this;
    guardWheel(stage, this.options.words.wheel);
    listenToKeys(stage, {
      move: (x, y) => map.panBy([x, y], { animate: this.animate }),
      zoom: (by) => camera.zoom(by),
      showAll: () => camera.showAll(),
      escape: () => this.escape(),
    });
    map.on("zoomstart", () => stage.classList.add("is-zooming"));
    map.on("zoomend", () => stage.classList.remove("is-zooming"));
    map.on("moveend", () => this.draw());
    // Larger print, another theme: everything is measured anew.
    document.addEventListener("haitang:display", () => this.measureAgain());
    if (window.ResizeObserver) new ResizeObserver(() => map.invalidateSize()).observe(map.getContainer());
  }

  private measureAgain(): void {
    this.labels.measureAgain();
    this.map.invalidateSize();
    if (this.sizes.measure()) {
      this.popup.close();
      this.marks.clear();
      void this.clusters.select(this.mask);
      this.camera.adapt();
    }
    this.draw();
  }

  private draw(): void {
    if (!this.map.getSize().x) return; // reading mode took the map away
    const zoom = this.map.getZoom();
    // More than the view: flowers whose heart is outside still reach in, and what is joined at the edge stays so while panning.
    const found = this.clusters.within(box(this.map.getBounds().pad(0.25)), zoom);
    this.drawn = joinOverlapping(found, (entry) => this.map.latLngToLayerPoint(entry), (entry) => this.sizes.room(entry));
    this.marks.show(this.drawn, this.animate && zoom !== this.drawnZoom);
    this.drawnZoom = zoom;
    if (this.popup.entry && !this.marks.has(this.popup.entry.key)) this.popup.close();
    this.inView = this.clusters.rowsIn(box(this.map.getBounds()));
    this.controls.update(this.inView.length);
    this.taken = this.labels.place(this.drawn, this.controls.boxes());
    if (this.base) this.base.show(this.taken);
    for (const watcher of this.watchers) watcher(this.inView);
    const wait = this.clusters.bring(this.drawn);
    if (wait) wait.then(() => this.draw(), (why: unknown) => console.warn(String(why)));
  }

  private source(): PlaceSource {
    const { data, options, sizes, mask } = this;
    const { blocks, layers } = options;
    const zoom = maxZoomOf(layers.tiles);
    if (!blocks) return new Clusters(data, zoom, sizes, mask);
    const source = new BlockClusters(blocks.all, data, layers.shift, zoom, sizes, blocks.part);
    void source.select(mask); // what it needs is there: live-map.ts
    return source;
  }

  /** A mark was chosen: what can come apart does, all else is told in a card. */
  private act(entry: MapMark): void {
    if (this.visitor.isChoosing) return this.visitor.pick(entry);
    const split = this.clusters.splitZoom(entry, this.map.getZoom());
    if (split === Infinity && this.options.chosen) this.options.chosen(this.clusters.rows(entry));
    else if (split === Infinity) this.open(entry);
    else this.camera.into(toLatLngBounds(this.clusters.bounds(entry)), split);
  }

  private open(entry: MapMark): void {
    this.camera.keep();
    this.opens();
    this.popup.open(entry, this.clusters.rows(entry), this.sizes.of(entry) / 2, this.controls.clear());
    this.marks.expand(entry, true);
  }

  /** Around what is to be seen; null where nothing of it stands anywhere. */
  private boxOf({ rows, spot }: { rows: readonly number[]; spot: Spot | null }): LatLngBounds | null {
    const found = boxAround(this.data, rows);
    const bounds = found ? toLatLngBounds(found) : new LatLngBounds([]);
    if (spot) bounds.extend(this.at(spot));
    return bounds.isValid() ? bounds : null;
  }

  private escape(): boolean {
    const open = this.popup.entry !== null;
    this.popup.close();
    return open;
  }

  private focusedEntry(): MapMark | undefined {
    const mark = this.marks && this.marks.focused();
    return mark && mark.entry;
  }

  private at(spot: Spot): { lat: number; lng: number } {
    const { lon, lat } = this.options.layers.shift.there(spot);
    return { lng: lon, lat };
  }

  /** Around the places and towns in the opening box; a page's own part is seen whole, with the box as its surroundings. */
  private opening(): LatLngBounds {
    const { mask, opening } = this.options;
    if (!opening) return this.everything();
    const corners = [[opening[0], opening[1]], [opening[2], opening[3]]].map(([lon, lat]) => this.at({ lon: lon!, lat: lat! }));
    const part = new LatLngBounds(corners[0]!, corners[1]!);
    if (mask) return new LatLngBounds([]).extend(part).extend(this.everything());
    const inside = this.clusters.around(box(part));
    const view = inside ? toLatLngBounds(inside) : new LatLngBounds([]);
    for (const { lat, lon } of this.data.towns) if (lat !== null && lon !== null && part.contains([lat, lon])) view.extend([lat, lon]);
    return view.isValid() ? view : part;
  }

  /** Around all that is selected; where that is nothing, around the towns. */
  private everything(): LatLngBounds {
    return this.whole || (this.whole = this.measureAll());
  }

  private measureAll(): LatLngBounds {
    const all = this.clusters.around([-180, -90, 180, 90]);
    if (all) return toLatLngBounds(all);
    const towns = new LatLngBounds([]);
    for (const { lat, lon } of this.data.towns) if (lat !== null && lon !== null) towns.extend([lat, lon]);
    return towns.isValid() ? towns : new LatLngBounds([0, 70], [55, 140]); // China
  }
}

function box(bounds: LatLngBounds): Bounds {
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
}
