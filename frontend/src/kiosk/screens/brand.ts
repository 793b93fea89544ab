// A brand's show: its cover, one of its panels at a time, its places.

import { fill, say } from "../../core/words";
import { tiers } from "../../data/tiers";
import { Narrowing, nearFacet, tierFacet, townFacet, type Listed } from "../cards/narrowing";
import { chooseTab, giveRoom, listPlaces, placeBlocks, rowsOf, tabs } from "../cards/page-blocks";
import { byNearness } from "../cards/place-card";
import type { App } from "../core/app";
import { brandPage } from "../core/pages";
import { showPhotos } from "../core/photos";
import type { Memory, Screen } from "../core/router";
import { showCodes } from "../widgets/qr-codes";
import { ScrollPane } from "../widgets/scroll-pane";

const STORY = "story"; // the first tab, and what stands above the list
const PLACES = "places"; // the tab of the list

export function brandScreen({ world, host }: App, element: HTMLElement): Screen {
  const read = element.querySelector<HTMLElement>(".k-read")!;
  const pane = new ScrollPane(read, element.querySelector<HTMLElement>("[data-mover]")!, element);
  const listed = element.querySelector<HTMLElement>("[data-list]")!;
  const heading = listed.querySelector("h2")!;
  const narrowing = new Narrowing(listed, [townFacet(world), tierFacet(), nearFacet(world)], (count) => say("kiosk.find.places", { count }));
  const asListed = (row: number): Listed => ({ rows: [row], kind: tiers().id[world.places.tier[row]!] || "" });

  function list(all: readonly number[], memory: Memory): void {
    const rows = all.filter((row) => narrowing.passes(asListed(row)));
    heading.textContent = rows.length ? fill(heading.dataset.count!, { count: rows.length }) : heading.dataset.none!;
    narrowing.show(all.map(asListed), memory, (own) => listPlaces(listed, world, rows, own));
  }

  return {
    name: "brand",
    enter(_element, what, memory) {
      const page = brandPage(what);
      placeBlocks(element, page);
      if (!page) return;
      const rows = byNearness(world, rowsOf(world, page.querySelector<HTMLElement>("[data-rows]")!.dataset.ids!));
      showCodes(element, host);
      showPhotos(element, host);
      const panels = Array.from(read.querySelectorAll<HTMLElement>("[data-panel]"));
      chooseTab(tabs(element), memory, (name, own) => {
        for (const panel of panels) panel.hidden = panel.dataset.panel !== (name === PLACES ? STORY : name);
        giveRoom(element, name === PLACES);
        pane.open(own);
        if (name !== PLACES) return;
        narrowing.open(own, () => list(rows, own));
        list(rows, own);
      });
    },
    leave() {
      placeBlocks(element, null);
      listed.querySelector("[data-cards]")!.textContent = "";
    },
  };
}
