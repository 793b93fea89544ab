// The map alone, as large as the screen lets it be, and what is in view beneath it.

import type { App } from "../app";
import { HallMap } from "../hall-map";
import { byNearness, placeCard } from "../place-card";
import { Paged } from "../paged";
import type { Screen } from "../router";

export function mapScreen({ world }: App, element: HTMLElement): Screen {
  const box = element.querySelector<HTMLElement>("[data-cards]")!;
  const keys = element.querySelector<HTMLElement>("[data-turner]")!;
  const map = new HallMap(world, element.querySelector<HTMLElement>("[data-map]")!);
  map.onView((rows) => {
    if (element.hidden) return;
    const near = byNearness(world, rows);
    void new Paged({ box, keys }, near.length, (at) => placeCard(world, near[at]!));
  });
  return { name: "map", enter: () => map.show(null) };
}
