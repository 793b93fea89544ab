// The map of the website, standing in a hall: it opens around "you are here" and looks there again for each new visitor.

import type { Spot } from "../../data/geo";
import { startMap } from "../../map/live-map";
import type { PlaceMap } from "../../map/place-map";
import type { World } from "../core/hall";
import { hideFamily, showFamily } from "./family-picture";
import { areFew, inCompany, knownSpots, spotOf } from "./surroundings";
import { placeOnWall } from "./wall";

/** Where the map looks: around the hall (or at everything), at what is drawn, or at one place. */
export type Look = "hall" | "drawn" | { row: number };

/** The map of each wall. */
const walls = new WeakMap<Element, HallMap>();

export class HallMap {
  private map: PlaceMap | null = null;
  private readonly watchers: ((rows: number[]) => void)[] = [];
  private wanted: { rows: Uint8Array | null; look: Look } = { rows: null, look: "hall" };
  private starting = false;

  /** `chosen` is told of the rows of a mark that does not come apart. */
  constructor(
    private readonly world: World,
    private readonly element: HTMLElement,
    private readonly chosen: (rows: number[]) => void = () => undefined,
  ) {}

  /** Draws these rows (1 for each; null: all). The map is made when it is first seen: what is hidden has no size. */
  show(rows: Uint8Array | null, look: Look = rows ? "drawn" : "hall"): void {
    if (this.stands !== this) return this.stands.show(rows, look);
    if (!("map" in this.element.dataset)) return; // a screen that has one on a wall only
    this.wanted = { rows, look };
    this.tellFamily();
    if (this.map) return this.look(this.map);
    const picture = this.element.querySelector(".map-picture");
    if (this.starting || !picture) return;
    this.starting = true;
    void startMap(this.element, picture, (chosen) => this.chosen(chosen)).then(({ map }) => {
      this.map = map;
      for (const watcher of this.watchers) map.onView(watcher);
      this.look(map);
    });
  }

  /** Calls with the rows in view: now and after each change. */
  onView(watcher: (rows: number[]) => void): void {
    this.watchers.push(watcher);
    if (this.map) this.map.onView(watcher);
  }

  zoom(by: number): void {
    const { map } = this.stands;
    if (map) map.zoom(by);
  }

  showAll(): void {
    const { map } = this.stands;
    if (map) map.showAll();
  }

  /** On a wall one map is there for all screens. */
  private get stands(): HallMap {
    const place = placeOnWall(this.element);
    if (!place) return this;
    let wall = walls.get(place);
    if (!wall) walls.set(place, (wall = new HallMap(this.world, place, this.chosen)));
    for (const watcher of this.watchers) if (wall.watchers.indexOf(watcher) < 0) wall.onView(watcher);
    return wall;
  }

  /** Whether the family stands in the place of the map. */
  get isFamily(): boolean {
    if (this.stands !== this) return this.stands.isFamily;
    const { rows } = this.wanted;
    return (!this.hasGround && this.fewKnown) || (!!rows && !numbers(rows).some((row) => spotOf(this.world.points, row)));
  }

  private tellFamily(): void {
    if (this.isFamily) showFamily(this.element, this.world, this.wanted.rows, !this.asked().length);
    else hideFamily(this.element);
  }

  private look(map: PlaceMap): void {
    const { rows } = this.wanted;
    const { hall } = this.world;
    map.resized(); // while its screen was away it had no room at all
    map.select(rows);
    map.showSelf(hall.spot);
    const asked = this.asked();
    if (!asked.length) map.showAll();
    else if (this.hasGround && asked.length === 1) map.fit(asked[0]!);
    else map.surround(this.hasGround ? asked : inCompany(asked, this.others));
  }

  /** The spots of what is to be seen; none: all of it. */
  private asked(): Spot[] {
    const { rows, look } = this.wanted;
    const { hall, points } = this.world;
    const row = typeof look === "object" ? look.row : look === "hall" ? hall.home : -1; // a hall known by its town looks there
    const of = row >= 0 ? [row] : rows ? numbers(rows) : [];
    return of.map((one) => spotOf(points, one)).filter((spot): spot is Spot => spot !== null);
  }

  /** Whether something is drawn beneath the marks. */
  private get hasGround(): boolean {
    return "base" in this.element.dataset;
  }

  private get others(): Spot[] {
    return this.known || (this.known = knownSpots(this.world));
  }
  private known: Spot[] | null = null;

  private get fewKnown(): boolean {
    if (this.few === null) this.few = areFew(this.others);
    return this.few;
  }
  private few: boolean | null = null;
}

function numbers(mask: Uint8Array): number[] {
  const rows: number[] = [];
  mask.forEach((drawn, row) => drawn && rows.push(row));
  return rows;
}
