// From a page's `.map` to a live map: never before everything it needs is there.

import { make, yieldToBrowser } from "../core/dom";
import type { Places, Points } from "../data/directory";
import { load, script } from "../data/loader";
import { mapData, shiftFor, type Bounds, type MapData } from "./core/map-data";
import { partOf } from "./core/page-part";
import { drawn, stopsOf } from "./core/route";
import { readWords } from "./core/words";
import { PlaceMap, type MapOptions } from "./place-map";
import type { Boundary, Layers } from "./view/ground";

/** A map that stands, and what it was made from. */
export interface LiveMap {
  map: PlaceMap;
  data: MapData;
  options: MapOptions;
  places: Places;
  points: Points;
}

function readBounds(text: string | undefined): Bounds | null {
  const numbers = (text || "").split(",").map(Number);
  return numbers.length === 4 && numbers.every(isFinite) ? (numbers as Bounds) : null;
}

/** Puts the map beside the static picture and, once it stands, in its place; what else the page put there stays. */
function put(element: HTMLElement, picture: Element, data: MapData, options: MapOptions): PlaceMap {
  const { words } = options;
  const stage = make("div", "map-stage");
  stage.setAttribute("role", "region");
  stage.setAttribute("aria-label", words.label);
  const help = make("p", "map-help", words.help);
  help.id = `${element.id || "map"}-help`;
  stage.setAttribute("aria-describedby", help.id);
  stage.appendChild(help);
  picture.insertAdjacentElement("afterend", stage);
  try {
    const map = new PlaceMap(stage, data, options);
    element.classList.add("is-live"); // only now does the static picture go
    element.dispatchEvent(new CustomEvent("haitang:map", { bubbles: true, detail: map }));
    return map;
  } catch (error) {
    stage.remove();
    throw error;
  }
}

function layersOf(element: HTMLElement): Layers {
  const { tiles, crs, boundary } = element.dataset;
  const drawn = boundary && window.HAITANG ? window.HAITANG["boundary"] : undefined;
  return { tiles: tiles || "", boundary: (drawn as Boundary | undefined) || null, shift: shiftFor(tiles ? crs : undefined) };
}

/** Everything the map is made from; a brand's places stand in the facts, which other maps need only for their list. */
export function startMap(element: HTMLElement, picture: Element, chosen?: MapOptions["chosen"]): Promise<LiveMap> {
  const root = element.dataset.root || "";
  const only = element.dataset.only || "";
  const wanted = [load(root, "places"), load(root, "points"), only.indexOf("brand:") === 0 ? load(root, "facts") : null] as const;
  const boundary = element.dataset.boundary ? script(root, "boundary") : null;
  const route = only.indexOf("route:") === 0 ? script(root, "routes") : null;
  return Promise.all([...wanted, boundary, route]).then(([places, points, facts]) => {
    const layers = layersOf(element);
    const data = mapData(places, points, layers.shift);
    const stops = stopsOf(only);
    const options: MapOptions = {
      words: readWords(), root, opening: readBounds(element.dataset.bounds),
      mask: drawn(only ? partOf(only, places, facts) : null, stops, points.precise), stops, layers, approval: element.dataset.approval || "",
    };
    if (chosen) options.chosen = chosen;
    return yieldToBrowser().then(() => ({ map: put(element, picture, data, options), data, options, places, points }));
  });
}
