// The map alone with its keys, and beneath it what is in view, or what was tapped.

import { say } from "../../core/words";
import { HallMap } from "../cards/hall-map";
import { giveRoom } from "../cards/page-blocks";
import { byNearness, isInUse, placeCard } from "../cards/place-card";
import type { App } from "../core/app";
import type { Memory, Screen } from "../core/router";
import { Pager } from "../widgets/pager";

const SEPARATOR = "+"; // between ids: no id holds one

/** A mark was tapped: one place is shown itself, several as a list beneath the map. */
export function showChosen({ router, world }: App, rows: readonly number[]): void {
  const ids = rows.map((row) => world.places.id[row]!);
  if (ids.length === 1) router.go("position", ids[0]);
  else router.go("map", ids.join(SEPARATOR));
}

export function mapScreen(app: App, element: HTMLElement): Screen {
  const { world } = app; // its router is made of the screens, and so after them
  const parts = {
    box: element.querySelector<HTMLElement>("[data-cards]")!,
    keys: element.querySelector<HTMLElement>("[data-turner]")!,
  };
  const title = element.querySelector<HTMLElement>("[data-count]")!;
  const map = new HallMap(world, element.querySelector<HTMLElement>("[data-map]")!, (chosen) => showChosen(app, chosen));
  const all = world.places.id.map((_, row) => row).filter((row) => isInUse(world, row));
  let chosen: number[] = [];
  let kept: Memory = {};
  const list = (rows: readonly number[], heading: string): void => {
    const near = byNearness(world, rows);
    title.textContent = heading;
    void new Pager(parts, near.length, (at) => placeCard(world, near[at]!), kept);
  };
  map.onView((rows) => {
    if (element.hidden || chosen.length) return;
    kept = {};
    if (map.isFamily) return list(all, say("kiosk.find.places", { count: all.length }));
    list(rows, say(rows.length ? "kiosk.inView" : "kiosk.noneInView", { count: rows.length }));
  });
  const moves = element.querySelector<HTMLElement>("[data-map-keys]")!;
  moves.addEventListener("click", (event) => {
    const key = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-map-key]") : null;
    if (!key) return;
    const { mapKey } = key.dataset;
    if (mapKey === "in" || mapKey === "out") map.zoom(mapKey === "in" ? 1 : -1);
    else if (mapKey === "all") map.showAll();
    else map.show(null, "hall");
  });
  return {
    name: "map",
    enter(_element, what, memory) {
      chosen = what.split(SEPARATOR).map((id) => world.places.id.indexOf(id)).filter((row) => row >= 0);
      kept = memory;
      giveRoom(element, chosen.length > 0);
      map.show(null, chosen.length ? { row: chosen[0]! } : "hall");
      moves.hidden = map.isFamily; // there is nothing to move
      if (chosen.length) list(chosen, say("kiosk.chosen", { count: chosen.length }));
    },
  };
}
