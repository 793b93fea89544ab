// Puts a page's map into `.map[data-root]`, and the list of what it shows beside it.

import { load } from "../data/loader";
import { listBeside } from "./list-beside";
import { startMap, type LiveMap } from "./live-map";
import { asLeft } from "./view/as-left";

/** The list follows once the map stands: its cards are told from the facts, the heaviest of the data. */
function addList(standing: LiveMap): Promise<void> | void {
  const container = document.querySelector<HTMLElement>("[data-list]");
  if (!container) return;
  const { blocks, options } = standing;
  if (blocks) return listBeside(container, standing, blocks.data.facts);
  return load(options.root, "facts").then((facts) => listBeside(container, standing, facts));
}

/** The page's scripts bring this code once the map comes near: coming.ts. */
export function startPageMap(): void {
  const element = document.querySelector<HTMLElement>(".map[data-root]");
  const picture = element && element.querySelector(".map-picture");
  if (element && picture) wordsAreThere().then(() => startMap(element, picture)).then(asLeft).then(addList).catch((why: Error) => console.warn(why.message));
}

/** A script that another one asked for may come before those of the page, the words among them. */
function wordsAreThere(): Promise<void> {
  if (window.HAITANG && window.HAITANG["words"]) return Promise.resolve();
  return new Promise((ready) => document.addEventListener("DOMContentLoaded", () => ready()));
}
