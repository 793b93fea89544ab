// The first screen: the map around this hall, and what is near it.

import type { App } from "../app";
import { byNearness, isInUse, placeCard } from "../place-card";
import { Paged } from "../paged";
import type { Screen } from "../router";
import { HallMap } from "../hall-map";

export function homeScreen({ world }: App, element: HTMLElement): Screen {
  const box = element.querySelector<HTMLElement>("[data-cards]")!;
  const keys = element.querySelector<HTMLElement>("[data-turner]")!;
  const near = byNearness(world, world.places.id.map((_, row) => row).filter((row) => isInUse(world, row)));
  const map = new HallMap(world, element.querySelector<HTMLElement>("[data-map]")!);
  return {
    name: "home",
    enter(_element, _what, memory) {
      map.show(null);
      void new Paged({ box, keys }, near.length, (at) => placeCard(world, near[at]!), memory);
    },
  };
}
