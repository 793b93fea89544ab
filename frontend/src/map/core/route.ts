// A page's route: which rows are its stops, how they are numbered, and the line between them.

import type { MapData } from "./map-data";

/** data/routes.js; haitang/site/exports/browser_routes.py says what is in it. */
interface Routes {
  /** `stops` are rows of data/places.js, in the order of the route. */
  routes: { id: string; stops: number[] }[];
}

/** The stops of the page's own part where that is a route, `route:<id>`; none for any other, or where nobody knows it. */
export function stopsOf(only: string): number[] {
  const all = window.HAITANG && (window.HAITANG["routes"] as Routes | undefined);
  const found = only.indexOf("route:") === 0 && all && all.routes.find((route) => route.id === only.slice(6));
  return found ? found.stops : [];
}

/** Of a route with stops known better than to their town only those are drawn, as on the picture: a flower on the town's own
 * point would stand between them as if it were on the way. */
export function drawn(part: Uint8Array | null, stops: number[], precise: number[]): Uint8Array | null {
  return part && stops.some((row) => precise[row]) ? part.map((one, row) => one & precise[row]!) : part;
}

/** The numbers of the stops that are among these rows: "1", "2–4" or "1·5"; "" where none is. As in haitang/site/charts/static_map.py. */
export function numbersOf(stops: number[], rows: number[]): string {
  const runs: number[][] = [];
  stops.forEach((row, at) => {
    if (rows.indexOf(row) < 0) return;
    const last = runs[runs.length - 1];
    if (last && last[1] === at) last[1] = at + 1;
    else runs.push([at + 1, at + 1]);
  });
  return runs.map(([from, to]) => (from === to ? from : `${from}–${to}`)).join("·");
}

/** The line as pieces of [lon, lat]: between neighbours that are both known better than to their town, as on the drawn map. */
export function lineOf(stops: number[], { lon, lat, precise }: MapData): [lon: number, lat: number][][] {
  const at = (row: number): [number, number] => [lon[row]!, lat[row]!];
  const pairs = stops.slice(1).map((row, before) => [stops[before]!, row] as const);
  return pairs.filter(([here, there]) => precise[here] && precise[there]).map(([here, there]) => [at(here), at(there)]);
}
