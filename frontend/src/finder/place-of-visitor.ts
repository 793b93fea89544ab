// Where the visitor said she is, for as long as the visit lasts: every list and map of the site goes on from there. It is kept in
// this tab's own storage, rounded to some ten metres, with nothing beside it, and goes with the tab.

import { say } from "../core/words";
import type { Spot } from "../data/geo";

const KEY = "haitang-here";
const DIGITS = 4; // of a degree: some ten metres

export interface Origin extends Spot {
  /** Where this was counted from, for the visitor. */
  told: string;
  /** Tapped on the map: the visitor sees it already. */
  isOnMap?: boolean;
}

/** Null where she has not said it, or the browser keeps nothing. */
export function visitorPlace(): Origin | null {
  const [lon, lat] = (stored() || "").split(",").map(parseFloat);
  const isSound = Math.abs(lon!) <= 180 && Math.abs(lat!) <= 90; // NaN is neither
  return isSound ? { lon: lon!, lat: lat!, told: say("find.nearBefore") } : null;
}

/** Null forgets it. */
export function remember(origin: Origin | null): void {
  try {
    if (origin) sessionStorage.setItem(KEY, `${origin.lon.toFixed(DIGITS)},${origin.lat.toFixed(DIGITS)}`);
    else sessionStorage.removeItem(KEY);
  } catch {
    // Where nothing can be kept it holds for this page.
  }
}

function stored(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}
