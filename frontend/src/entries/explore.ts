// On map.html: the map and the finder together. Where there is no map to be had the finder does without.

import { startFinder } from "../finder/finder";
import { startMap } from "../map/live-map";

const element = document.querySelector<HTMLElement>("[data-finder]");
const place = document.querySelector<HTMLElement>(".map[data-root]");
const picture = place && place.querySelector(".map-picture");
if (place && picture && place.offsetHeight) { // reading mode takes it away
  startMap(place, picture).then(({ map }) => element && startFinder(element, map)).catch((why: Error) => {
    console.warn(why.message);
    return element && startFinder(element, null);
  });
} else if (element) void startFinder(element, null);
