// On map.html: the map and the finder together. Where there is no map to be had the finder does without.

import { startFinder } from "../finder/finder";
import { makeRoom } from "../finder/list-sheet";
import { startMap } from "../map/live-map";
import { asLeft } from "../map/view/as-left";

const element = document.querySelector<HTMLElement>("[data-finder]");
const place = document.querySelector<HTMLElement>(".map[data-root]");
const picture = place && place.querySelector(".map-picture");
if (place && picture && place.offsetHeight) { // reading mode takes it away
  const room = element && makeRoom(element.querySelector<HTMLElement>(".find-split")!);
  startMap(place, picture).then(asLeft).then(({ map }) => element && startFinder(element, map)).catch((why: Error) => {
    console.warn(why.message);
    if (room) room.undo();
    return element && startFinder(element, null);
  });
} else if (element) void startFinder(element, null);
