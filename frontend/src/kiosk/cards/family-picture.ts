// Where a map would be an empty sheet, the family stands in its place: a flower for every place of the directory, and those that
// are asked about in full colour.

import { make } from "../../core/dom";
import { say } from "../../core/words";
import { lookOf } from "../../data/tiers";
import { drawFlowerHead, flowerHead } from "./flower-head";
import type { World } from "../core/hall";
import { isInUse } from "./place-card";

const SVG = "http://www.w3.org/2000/svg";
const IS = "is-family";

/** Puts it over a `.k-map`, or takes it away. `rows`: 1 for each that is asked about; null: all. */
export function showFamily(element: HTMLElement, world: World, rows: Uint8Array | null, nowhere: boolean): void {
  hideFamily(element);
  element.classList.add(IS);
  const { places } = world;
  const all = places.id.map((_, row) => row).filter((row) => isInUse(world, row)).sort((a, b) => places.tier[a]! - places.tier[b]!);
  const count = rows ? all.filter((row) => rows[row]).length : all.length;
  const figure = make("figure", "k-family");
  const picture = figure.appendChild(document.createElementNS(SVG, "svg"));
  picture.setAttribute("viewBox", "-52 -52 104 104");
  picture.setAttribute("aria-hidden", "true");
  drawFlowerHead(picture, flowerHead(all.map((row) => lookOf(places.tier[row]!))), (at) => !!rows && !rows[all[at]!]);
  figure.appendChild(make("figcaption", "", say(nowhere ? "kiosk.nowhere" : "kiosk.family", { count })));
  element.appendChild(figure);
}

export function hideFamily(element: HTMLElement): void {
  element.classList.remove(IS);
  const before = element.querySelector(".k-family");
  if (before) element.removeChild(before);
}
