// When a page's map begins to load: at once where it lies in the first window, else once the visitor comes near.

import { exists, put, script } from "../data/loader";

const AHEAD = 400; // pixels below the window where a map begins to load

/** `own` may name the map's code in `data-map`; a page that names none has it as a script of its own. */
export function bringMap(own: HTMLScriptElement | null): void {
  const place = document.querySelector<HTMLElement>(".map[data-root]");
  if (!place || !place.querySelector(".map-picture")) return; // nothing to draw: the page says so in its own words
  const code = own && own.dataset["map"];
  whenNear(place, () => {
    askAhead(place.dataset.root || "");
    if (code) put(code).catch((why: Error) => console.warn(why.message));
  });
}

/** Whoever needs these data asks again, and says so where they are not to be had. */
function askAhead(root: string): void {
  exists(root, "overview").then((split) => Promise.all((split ? ["overview"] : ["places", "points"]).map((name) => script(root, name)))).catch(() => undefined);
}

function whenNear(place: HTMLElement, begin: () => void): void {
  // What is in the window already need not wait for a first frame.
  if (!window.IntersectionObserver || isInWindow(place)) return begin();
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    begin();
  }, { rootMargin: `${AHEAD}px` });
  addEventListener("scroll", () => watch.observe(place), { once: true, passive: true });
}

function isInWindow(element: HTMLElement): boolean {
  const { top, height } = element.getBoundingClientRect();
  return height > 0 && top < innerHeight;
}
