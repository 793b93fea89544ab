// From a page's `.map` to a live map: never before everything it needs is there.

import { make, yieldToBrowser } from "../core/dom";
import type { Facts, Places, Points } from "../data/directory";
import { blocksOf, type Blocks } from "../data/blocks";
import { load, script } from "../data/loader";
import { tiers } from "../data/tiers";
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
  blocks: Blocks | null;
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

interface Wanted {
  places: Places;
  points: Points;
  facts: Facts | null;
  blocks: Blocks | null;
}

/** A brand's places stand in the facts, which other maps need only for their list. */
async function wanted(root: string, only: string): Promise<Wanted> {
  const [kind] = only.split(":");
  const blocks = await blocksOf(root);
  if (!blocks) {
    const found = await Promise.all([load(root, "places"), load(root, "points"), kind === "brand" ? load(root, "facts") : Promise.resolve(null)] as const);
    return { places: found[0], points: found[1], facts: found[2], blocks: null };
  }
  if (kind === "brand") await Promise.all([blocks.facets(), blocks.spots()]);
  if (kind === "route") await blocks.rows(stopsOf(only));
  const { places, points } = blocks.data;
  return { places, points, facts: kind === "brand" ? blocks.data.facts : null, blocks };
}

/** Everything the map is made from. */
export async function startMap(element: HTMLElement, picture: Element, chosen?: MapOptions["chosen"]): Promise<LiveMap> {
  const root = element.dataset.root || "";
  const only = element.dataset.only || "";
  const boundary = element.dataset.boundary ? script(root, "boundary") : null;
  if (only.indexOf("route:") === 0) await script(root, "routes");
  const { places, points, facts, blocks } = await wanted(root, only);
  await boundary;
  const layers = layersOf(element);
  const data = mapData(places, points, layers.shift, !blocks);
  const stops = stopsOf(only);
  const [kind, id] = [only.slice(0, only.indexOf(":")), only.slice(only.indexOf(":") + 1)];
  const counted = blocks !== null && (!only || kind === "town" || kind === "tier"); // blocks say how many of these they hold
  const mask = drawn(only && !counted ? partOf(only, places, facts) : null, stops, points.precise);
  const options: MapOptions = {
    words: readWords(), root, opening: readBounds(element.dataset.bounds), mask, stops, layers, approval: element.dataset.approval || "", credit: element.dataset.credit || "",
    blocks: blocks && { all: blocks, part: {
      town: kind === "town" ? places.towns.findIndex((town) => town.id === id) : -1, tier: kind === "tier" ? tiers().id.indexOf(id) : -1,
      withPast: only !== "",
    } },
  };
  if (chosen) options.chosen = chosen;
  await yieldToBrowser();
  const map = put(element, picture, data, options);
  // Two frames later the marks are on the screen.
  if (element.dataset.base) requestAnimationFrame(() => requestAnimationFrame(() => void map.bringBase().catch((why: unknown) => console.warn(String(why)))));
  return { map, data, options, places, points, blocks };
}
