// What the map works with: who and where in one, as columns of numbers. Places that stand nowhere have NaN, which no comparison
// ever takes in.

import type { Places, Points } from "../../data/directory";
import { gcj02ToWgs84, wgs84ToGcj02, type Spot } from "../../data/geo";
import { tiers } from "../../data/tiers";

export type Bounds = [west: number, south: number, east: number, north: number];

export interface MapData extends Places {
  /** Degrees as drawn: those of the ground beneath the marks. */
  lon: Float64Array;
  lat: Float64Array;
  /** The tiers once more: what is counted a hundred thousand times must be quick to look up. */
  kind: Uint8Array;
  precise: Uint8Array;
}

/** From WGS-84 to what is drawn, and back. Under tiles in GCJ-02 everything moves by half a kilometre, so that marks lie on
 * their houses. */
export interface Shift {
  there(spot: Spot): Spot;
  back(spot: Spot): Spot;
}

const stay = (spot: Spot): Spot => spot;
const UNMOVED: Shift = { there: stay, back: stay };

export function shiftFor(crs: string | undefined): Shift {
  return crs === "gcj02" ? { there: wgs84ToGcj02, back: gcj02ToWgs84 } : UNMOVED;
}

/** Not `whole`: of the rows nothing has come yet, and `takeRows` takes over what does. */
export function mapData(places: Places, points: Points, shift: Shift, whole = true): MapData {
  const count = places.id.length;
  const [lon, lat] = [new Float64Array(count), new Float64Array(count)];
  const towns = places.towns.map((town) => {
    const { lon: x, lat: y } = town;
    return x === null || y === null ? town : { ...town, ...shift.there({ lon: x, lat: y }) };
  });
  const data = { ...places, towns, lon, lat, kind: new Uint8Array(count), precise: new Uint8Array(count) };
  if (whole) takeRows(data, places, points, shift, 0, count);
  else {
    for (const column of [lon, lat]) column.fill(NaN);
    data.kind.fill(tiers().id.length - 1);
  }
  return data;
}

/** Takes over what has come of these rows. */
export function takeRows(data: MapData, places: Places, points: Points, shift: Shift, start: number, end: number): void {
  const { lon, lat, kind, precise } = data;
  for (let row = start; row < end; row++) {
    const x = points.lon[row];
    const y = points.lat[row];
    lon[row] = typeof x === "number" ? x : NaN;
    lat[row] = typeof y === "number" ? y : NaN;
    if (shift !== UNMOVED) ({ lon: lon[row], lat: lat[row] } = shift.there({ lon: lon[row]!, lat: lat[row]! }));
    kind[row] = places.tier[row]!;
    precise[row] = points.precise[row]!;
  }
}

/** The rows inside, in the directory's order; edges included. */
export function rowsWithin(data: MapData, mask: Uint8Array | null, [west, south, east, north]: Bounds): number[] {
  const found: number[] = [];
  const { lon, lat } = data;
  for (let row = 0; row < lon.length; row++) {
    const [x, y] = [lon[row]!, lat[row]!];
    if (x >= west && x <= east && y >= south && y <= north && (!mask || mask[row])) found.push(row);
  }
  return found;
}

/** The rows of a part that stand nowhere. */
export function rowsNowhere(data: MapData, mask: Uint8Array | null): number[] {
  const found: number[] = [];
  for (let row = 0; row < data.lon.length; row++) if (data.lon[row] !== data.lon[row] && (!mask || mask[row])) found.push(row);
  return found;
}

/** The least box around these rows; null where none of them stands anywhere. */
export function boxAround(data: MapData, rows: ArrayLike<number>): Bounds | null {
  const box: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < rows.length; at++) {
    const [x, y] = [data.lon[rows[at]!]!, data.lat[rows[at]!]!];
    if (x !== x) continue;
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  }
  return box[0] <= box[2] ? box : null;
}
