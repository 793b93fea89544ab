// The map of the website, standing in a hall: it opens around "you are here" and looks there again for each new visitor.

import { startMap } from "../../map/live-map";
import type { PlaceMap } from "../../map/place-map";
import type { World } from "../core/hall";

/** Where the map looks: around the hall (or at everything), at what is drawn, or at one place. */
export type Look = "hall" | "drawn" | { row: number };

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
    this.wanted = { rows, look };
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
    if (this.map) this.map.zoom(by);
  }

  showAll(): void {
    if (this.map) this.map.showAll();
  }

  private look(map: PlaceMap): void {
    const { rows, look } = this.wanted;
    const { hall, points } = this.world;
    map.select(rows);
    map.showSelf(hall.spot);
    const row = typeof look === "object" ? look.row : look === "hall" ? hall.home : -1; // a hall known by its town looks there
    const [lon, lat] = [points.lon[row], points.lat[row]];
    if (typeof lon === "number" && typeof lat === "number") map.fit({ lon, lat });
    else if (rows) map.fit(numbers(rows));
    else map.showAll();
  }
}

function numbers(mask: Uint8Array): number[] {
  const rows: number[] = [];
  mask.forEach((drawn, row) => drawn && rows.push(row));
  return rows;
}
