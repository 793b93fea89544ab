// The drawing itself: towns as names on a sheet, a cross for the place. By finger, by mouse, by arrow keys and Enter.

import { make } from "../core/dom";
import type { Projection, Town } from "./projection";

const SVG = "http://www.w3.org/2000/svg";
const STEP = 8; // units an arrow key moves the cross; with Shift, a quarter of it
const NEAR = 26; // a tap so close to a town's point means the town

export interface PointingMap {
  element: HTMLElement;
  /** Shows the place, in degrees; the systems differ by less than the cross is wide. */
  mark(at: [lon: number, lat: number] | undefined): void;
}

export interface Pointed {
  lon: number;
  lat: number;
  town: boolean;
}

export function pointingMap(sheet: Projection, towns: readonly Town[], name: string, keys: string, point: (at: Pointed) => void): PointingMap {
  const element = make("figure", "a-figure");
  const svg = node("svg", { viewBox: `0 0 ${sheet.width} ${sheet.height}`, class: "a-map", tabindex: "0", role: "application", "aria-label": `${name}。${keys}` });
  const cross = node("path", { d: "M-11 0H11M0-11V11", class: "a-cross" });
  const spots = towns.map((town) => [town, ...sheet.place(town.lon, town.lat)] as const);
  let [x, y] = [sheet.width / 2, sheet.height / 2];

  const move = (toX: number, toY: number) => {
    [x, y] = [Math.min(Math.max(toX, 0), sheet.width), Math.min(Math.max(toY, 0), sheet.height)];
    cross.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
  };
  const choose = () => {
    const hit = spots.find(([, townX, townY]) => Math.hypot(townX - x, townY - y) < NEAR);
    if (hit) point({ lon: hit[0].lon, lat: hit[0].lat, town: true });
    else {
      const [lon, lat] = sheet.spot(x, y);
      point({ lon, lat, town: false });
    }
  };
  svg.append(node("rect", { width: String(sheet.width), height: String(sheet.height), class: "a-ground" }));
  for (const [town, townX, townY] of spots) svg.append(...townMark(town.name, townX, townY));
  svg.append(cross);
  svg.addEventListener("click", (event) => {
    const box = svg.getBoundingClientRect();
    move(((event.clientX - box.left) / box.width) * sheet.width, ((event.clientY - box.top) / box.height) * sheet.height);
    choose();
  });
  svg.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? STEP / 4 : STEP;
    const ways: { [key: string]: [number, number] } = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const way = ways[event.key];
    if (way) move(x + way[0], y + way[1]);
    else if (event.key === "Enter" || event.key === " ") choose();
    else return;
    event.preventDefault();
  });
  element.append(svg, make("figcaption", "a-hint", name));
  return {
    element,
    mark: (at) => {
      cross.classList.toggle("is-set", Boolean(at));
      if (at) move(...sheet.place(...at));
    },
  };
}

function townMark(name: string, x: number, y: number): SVGElement[] {
  const label = node("text", { x: x.toFixed(1), y: (y + 24).toFixed(1), class: "a-town" });
  label.textContent = name;
  return [node("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: "6", class: "a-dot" }), label];
}

function node(tag: string, attributes: { [name: string]: string }): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const name of Object.keys(attributes)) element.setAttribute(name, attributes[name]!);
  return element;
}
