// The first screen: the map around this hall, what is near it, and the ways to everything else.

import { fit } from "../cards/choice-tile";
import { HallMap } from "../cards/hall-map";
import { hallNeeds, needTile } from "../cards/needs";
import { byNearness, isInUse, placeCard } from "../cards/place-card";
import type { App } from "../core/app";
import type { Screen } from "../core/router";
import { Pager } from "../widgets/pager";
import { showChosen } from "./map";

export function homeScreen(app: App, element: HTMLElement): Screen {
  const { world } = app;
  const parts = {
    box: element.querySelector<HTMLElement>("[data-cards]")!,
    keys: element.querySelector<HTMLElement>("[data-turner]")!,
  };
  const rows = world.places.id.map((_, row) => row).filter((row) => isInUse(world, row));
  const near = byNearness(world, rows);
  const needs = hallNeeds().first;
  const map = new HallMap(world, element.querySelector<HTMLElement>("[data-map]")!, (chosen) => showChosen(app, chosen));
  return {
    name: "home",
    enter(_element, _what, memory) {
      map.show(null);
      element.querySelector<HTMLElement>("[data-needs-row]")!.hidden = !needs.length;
      fit(element.querySelector<HTMLElement>("[data-needs]")!, needs.map((need) => needTile(need, false)));
      void new Pager(parts, near.length, (at) => placeCard(world, near[at]!), memory);
    },
  };
}
