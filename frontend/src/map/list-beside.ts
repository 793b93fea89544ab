// The list beside a map: it holds what the map shows, and beneath it the places of the page's part that stand nowhere.

import { make } from "../core/dom";
import { fill } from "../core/words";
import type { Facts } from "../data/directory";
import { placeFacts } from "../lists/place-facts";
import { PlaceList } from "../lists/place-list";
import { printList } from "../lists/print-list";
import type { LiveMap } from "./live-map";

/** Takes over `[data-list]`, whose value is the level of its headings; what the build put there stood until now. */
export function listBeside(container: HTMLElement, { map, options, places, points, blocks }: LiveMap, facts: Facts): void {
  const { words, root } = options;
  const part = options.mask || (options.blocks && (options.blocks.part.town >= 0 || options.blocks.part.tier >= 0));
  const context = { root, places, facts, bring: (rows: readonly number[]) => blocks && blocks.rows(rows) };
  const level = container.dataset.list === "h3" ? "h3" : "h2";
  const shown = make("div", "map-shown");
  const list = new PlaceList(shown, context, level);
  const nowhere = part ? map.rowsNowhere() : [];
  let inView: number[] = [];
  map.describe((row) => placeFacts(row, { ...context, points }, null));
  const own = document.querySelector<HTMLElement>(".map[data-only]");
  const without = own ? [own.dataset.only!] : [];
  if (container.querySelector(".open-up[open]")) list.openUp.open = true;
  container.textContent = "";
  container.appendChild(shown);
  container.classList.add("is-live");
  map.onView((rows) => {
    inView = rows;
    const heading = fill(words.inView, { count: rows.length });
    const none = make("p", "map-shown-none", words.noneInView);
    list.show(rows, { heading, none, without, compact: true, announce: false, reveal: (row) => map.reveal(row) }); // the map itself tells the number
    container.scrollTop = 0; // beside the map it scrolls by itself
  });
  if (nowhere.length) {
    const rest = container.appendChild(make("div", "map-nowhere"));
    new PlaceList(rest, context, level).show(nowhere, { heading: fill(words.nowhere, { count: nowhere.length }), without, compact: true, announce: false });
  }
  const title = document.querySelector("h1");
  if (part) printList(container, { places, points, facts }, () => ({ rows: blocks ? blocks.known(inView.concat(nowhere)) : inView.concat(nowhere), filters: (title && title.textContent) || "" }));
}
