// The page that other sites show in a frame: map and finder as on map.html, and how it lives in there.

import { loadNeeds, type Need } from "../data/needs";
import { startFinder } from "../finder/finder";
import { writeAddress } from "../finder/query/address";
import { startMap } from "../map/live-map";
import { watchLetters } from "../page/display/letters";
import { tellByTheClock } from "../schedule/what-time-tells";
import { embedAddress, needsAsked, type Asked } from "./embed-address";
import { tellHeight } from "./height";
import { leadOutward } from "./outward";

export function startEmbed(): void {
  const element = document.querySelector<HTMLElement>("[data-finder]");
  const place = document.querySelector<HTMLElement>(".map[data-root]");
  if (!element || !place) return;
  leadOutward();
  watchLetters();
  tellByTheClock();
  const picture = place.querySelector(".map-picture");
  const map = picture ? startMap(place, picture).then((live) => live.map).catch(said) : Promise.resolve(null);
  const needs = needsAsked(location.search).length ? loadNeeds(element.dataset.root || "").catch(said) : Promise.resolve([]);
  void Promise.all([map, needs]).then(([live, found]) => startFinder(element, live, embedAddress(found || ([] as Need[]), tell)))
    .then(() => tellHeight(document.body));
}

function said(why: unknown): null {
  console.warn(String(why));
  return null;
}

/** The way to the whole map asks the same. What is not there any more makes room for what is. */
function tell({ filters, isLost }: Asked): void {
  const full = document.querySelector<HTMLAnchorElement>("[data-embed-full]");
  if (full) full.href = full.href.replace(/[?#].*$/, "") + writeAddress(filters);
  document.documentElement.classList.toggle("is-lost", isLost);
  document.querySelector<HTMLElement>("[data-lost]")!.hidden = !isLost;
}
