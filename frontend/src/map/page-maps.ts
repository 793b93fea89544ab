// On pages with a map: puts it into `.map[data-root]` once it comes near, and the list of what it shows beside it.

import { load } from "../data/loader";
import { isInWindow } from "./core/in-window";
import { listBeside } from "./list-beside";
import { startMap, type LiveMap } from "./live-map";

const AHEAD = 400; // pixels below the window where a map begins to load

/** The list follows once the map stands: its cards are told from the facts, the heaviest of the data. */
function addList(standing: LiveMap): Promise<void> | void {
  const container = document.querySelector<HTMLElement>("[data-list]");
  if (!container) return;
  const { blocks, options } = standing;
  if (blocks) return listBeside(container, standing, blocks.data.facts);
  return load(options.root, "facts").then((facts) => listBeside(container, standing, facts));
}

function startPageMap(element: HTMLElement): void {
  const picture = element.querySelector(".map-picture");
  if (!picture) return; // nothing to draw: the page says so in its own words
  const begin = (): void => {
    startMap(element, picture).then(addList).catch((why: Error) => console.warn(why.message));
  };
  // What is in the window already need not wait for a first frame.
  if (!window.IntersectionObserver || isInWindow(element)) return begin();
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    begin();
  }, { rootMargin: `${AHEAD}px` });
  // What is not waits until the visitor sets out: who finds it all in the first window pays for no map.
  addEventListener("scroll", () => watch.observe(element), { once: true, passive: true });
}

export function startPageMaps(): void {
  document.querySelectorAll<HTMLElement>(".map[data-root]").forEach(startPageMap);
}
