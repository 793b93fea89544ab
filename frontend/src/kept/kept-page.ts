// offline.html: what is known without a network of the page that was wanted; where none was, what the phone keeps.

import { make } from "../core/dom";
import { fill, say } from "../core/words";
import { lookOf } from "../data/tiers";
import { keptPlace } from "./kept-place";
import { placeSheet } from "./place-sheet";
import type { Said } from "./said";
import { tellStore } from "./store";
import { wayOn } from "./way-on";

const PLACE = /^positions\/([\w-]+?)(?:\.\d+)?\.html$/; // a place with many below it has further pages

/** Fills `box`; `page` is a path from the site's root, empty where nothing in particular was wanted. */
export function tellKept(box: HTMLElement, root: string, page: string): Promise<void> {
  const said = JSON.parse(box.dataset.said!) as Said;
  return page ? tellWanted(box, root, page, said) : tellStore(box, root, said);
}

async function tellWanted(box: HTMLElement, root: string, page: string, said: Said): Promise<void> {
  const [heading, lead] = [box.querySelector("h1")!, box.querySelector(".lead")!];
  const [, id] = PLACE.exec(page) || [];
  const place = id && id !== "index" ? await keptPlace(root, id).catch(() => null) : null;
  if (place) {
    box.insertBefore(placeSheet(place, root, said), lead.nextSibling);
    box.querySelector(".mark")!.className = `mark mark-${lookOf(place.places.tier[place.row]!)} is-large`;
    heading.textContent = place.places.name[place.row]!;
    document.title = heading.textContent;
    lead.textContent = say("offline.missing");
    return;
  }
  if (id && id !== "index") lead.textContent = said.placeNotKept;
  const way = await wayOn(root, page, said.everything).catch(() => null);
  if (!way) return;
  const link = make("a", "btn btn-main", fill(said.way, { name: way.name }));
  link.href = `${root}search.html${way.query}`;
  const retry = box.querySelector("[data-retry]")!;
  retry.classList.remove("btn-main");
  retry.parentElement!.insertBefore(link, retry);
}
