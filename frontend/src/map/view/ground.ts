// What lies beneath the marks: paper with dots, and where directory.yml names them, somebody's map tiles and a boundary. Both
// need a map approval number, which stands at the lower left of the map.

import { make } from "../../core/dom";
import { ground, LeafletMap, Point, tiles } from "../core/leaflet";
import type { Shift } from "../core/map-data";

/** data/boundary.js: rings of [lon, lat, lon, lat, …] in WGS-84 degrees, a polygon's outer ring first and then its holes. */
export interface Boundary {
  polygons: number[][][];
}

export interface Layers {
  /** A pattern with {z}, {x} and {y}; "" where there are no tiles. */
  tiles: string;
  boundary: Boundary | null;
  shift: Shift;
}

const SVG = "http://www.w3.org/2000/svg";
const SIZE = 256;

/** Without tiles there is nothing to be seen beyond some zoom. */
export function maxZoomOf(url: string): number {
  return url ? 18 : 16;
}

export function addGround(map: LeafletMap, { tiles: url, boundary, shift }: Layers): void {
  ground({ keepBuffer: 1, updateWhenZooming: false }, () => make("div", "map-dots")).addTo(map);
  if (url) tiles(url, { maxZoom: maxZoomOf(url), keepBuffer: 1, referrerPolicy: "no-referrer" }).addTo(map);
  if (!boundary) return;
  const rings = ([] as number[][]).concat(...boundary.polygons).map((ring) => shifted(ring, shift));
  addLines(map, rings, "map-boundary", "z");
}

/** Lines in the ground's own degrees above all that lies there. */
export function addLines(map: LeafletMap, lines: [lon: number, lat: number][][], className: string, end: "z" | "" = ""): void {
  const draw = (at: { x: number; y: number; z: number }): HTMLElement => piece(map, lines, className, end, at);
  ground({ keepBuffer: 1, updateWhenZooming: false, zIndex: 3 }, draw).addTo(map);
}

function shifted(ring: number[], shift: Shift): [lon: number, lat: number][] {
  const points: [number, number][] = [];
  for (let at = 0; at + 1 < ring.length; at += 2) {
    const { lon, lat } = shift.there({ lon: ring[at]!, lat: ring[at + 1]! });
    points.push([lon, lat]);
  }
  return points;
}

/** The part of these lines that falls on one tile. */
function piece(map: LeafletMap, lines: [number, number][][], className: string, end: string, { x, y, z }: { x: number; y: number; z: number }): HTMLElement {
  const holder = make("div", `map-lines ${className}`);
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", `0 0 ${SIZE} ${SIZE}`);
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  const origin = new Point(x * SIZE, y * SIZE);
  const spot = ([lng, lat]: [number, number]): string => {
    const point = map.project([lat, lng], z).subtract(origin);
    return `${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
  };
  path.setAttribute("d", lines.map((line) => `M${line.map(spot).join("L")}${end}`).join(""));
  drawing.appendChild(path);
  holder.appendChild(drawing);
  return holder;
}
