// What a map shows besides what is asked for. Where nothing is drawn beneath it, a place alone is one ring on a blank sheet: there
// it shows the towns and places around, too, and where there are none of these it is no map at all. Pure.

import { isGone } from "../../data/directory";
import { metresBetween, type Spot } from "../../data/geo";
import type { World } from "../core/hall";

const COMPANY = 5; // spots apart from each other that are seen together
const LEAST = 3; // below that a map tells nothing that its list does not
const APART_M = 1_000; // nearer ones are one mark

/** Every spot that a map can draw: of towns, and of places that are in use. */
export function knownSpots(world: World): Spot[] {
  const { places, points, facts } = world;
  const towns = places.towns.filter(({ lon, lat }) => lon !== null && lat !== null).map(({ lon, lat }) => ({ lon: lon!, lat: lat! }));
  const rows = places.id.map((_, row) => (isGone(facts.status[row]!) ? null : spotOf(points, row)));
  return [...towns, ...rows.filter((spot): spot is Spot => spot !== null)];
}

/** Whether so few of these stand apart that a map would be an empty sheet. */
export function areFew(spots: readonly Spot[]): boolean {
  const found: Spot[] = [];
  for (const spot of spots) if (found.length < LEAST) add(found, spot);
  return found.length < LEAST;
}

/** Where a row stands, if only in the middle of its town; null where nobody knows. */
export function spotOf(points: World["points"], row: number): Spot | null {
  const [lon, lat] = [points.lon[row], points.lat[row]];
  return typeof lon === "number" && typeof lat === "number" ? { lon, lat } : null;
}

/** These spots, and as many of the others, the nearest first, as it takes for company. */
export function inCompany(spots: readonly Spot[], others: readonly Spot[]): Spot[] {
  const found: Spot[] = [];
  for (const spot of spots) if (found.length < COMPANY) add(found, spot);
  const far = (one: Spot): number => spots.reduce((least, spot) => Math.min(least, metresBetween(spot, one)), Infinity);
  const ranked = others.map((spot) => ({ spot, metres: far(spot) })).sort((a, b) => a.metres - b.metres);
  for (const { spot } of ranked) if (found.length < COMPANY) add(found, spot);
  return found.length < COMPANY ? [...spots, ...others] : [...spots, ...found];
}

function add(found: Spot[], spot: Spot): void {
  if (found.every((other) => metresBetween(other, spot) > APART_M)) found.push(spot);
}
