// The map of the website, standing in a hall: it opens around "you are here" and looks there again for each new visitor.

import type { PlaceMap } from "../map/place-map";
import { startMap } from "../map/starting";
import type { World } from "./hall";

export class HallMap {
  private map: PlaceMap | null = null;
  private readonly watchers: ((rows: number[]) => void)[] = [];
  private wanted: Uint8Array | null = null;
  private starting = false;

  constructor(private readonly world: World, private readonly element: HTMLElement) {}

  /** Shows these rows (1 for each; null: all), looking at the hall again. The map is made when it is first seen. */
  show(rows: Uint8Array | null): void {
    this.wanted = rows;
    if (this.map) return this.look();
    const picture = this.element.querySelector(".map-picture");
    if (this.starting || !picture) return;
    this.starting = true;
    void startMap(this.element, picture).then(({ map }) => {
      this.map = map;
      for (const watcher of this.watchers) map.onView(watcher);
      this.look();
    });
  }

  onView(watcher: (rows: number[]) => void): void {
    this.watchers.push(watcher);
    if (this.map) this.map.onView(watcher);
  }

  private look(): void {
    const { map } = this;
    if (!map) return;
    map.select(this.wanted);
    const { spot } = this.world.hall;
    map.showSelf(spot);
    if (spot && !this.wanted) map.fit(spot);
  }
}
