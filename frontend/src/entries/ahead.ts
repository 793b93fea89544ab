// On pages with a map, before its code: what the map begins with is asked for while that code comes.

import { exists, script } from "../data/loader";
import { isInWindow } from "../map/core/in-window";

const place = document.querySelector<HTMLElement>(".map[data-root]");
if (place && place.querySelector(".map-picture") && isInWindow(place)) {
  const root = place.dataset.root || "";
  // Whoever needs it asks again, and says so where it is not to be had.
  exists(root, "overview").then((split) => Promise.all((split ? ["overview"] : ["places", "points"]).map((name) => script(root, name)))).catch(() => undefined);
}
