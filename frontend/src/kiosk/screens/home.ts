// The first screen: the map around this hall, what is near it, and the ways to everything else.

import { fit } from "../cards/choice-tile";
import { HallMap } from "../cards/hall-map";
import { hallNeeds, needTile } from "../cards/needs";
import { byNearness, isInUse, placeCard } from "../cards/place-card";
import type { App } from "../core/app";
import type { Memory, Screen } from "../core/router";
import { Pager } from "../widgets/pager";
import { showChosen } from "./map";

export function homeScreen(app: App, element: HTMLElement): Screen {
  const { world } = app;
  const parts = {
    box: element.querySelector<HTMLElement>("[data-cards]")!,
    keys: element.querySelector<HTMLElement>("[data-turner]")!,
  };
  const rows = world.places.id.map((_, at) => at).filter((at) => isInUse(world, at));
  const near = byNearness(world, rows);
  const needs = hallNeeds().first;
  const row = element.querySelector<HTMLElement>("[data-needs-row]")!;
  const few = element.querySelector<HTMLElement>("[data-needs]")!;
  const map = new HallMap(world, element.querySelector<HTMLElement>("[data-map]")!, (chosen) => showChosen(app, chosen));
  const list = (withNeeds: boolean, memory: Memory): void => {
    row.hidden = !withNeeds;
    fit(few, needs.map((need) => needTile(need, false)));
    void new Pager(parts, near.length, (at) => placeCard(world, near[at]!), memory);
  };
  return {
    name: "home",
    enter(_element, _what, memory) {
      map.show(null);
      list(needs.length > 0, memory);
      if (parts.box.scrollHeight > parts.box.clientHeight + 1) list(false, memory); // the nearest place stands here in any case
    },
  };
}
