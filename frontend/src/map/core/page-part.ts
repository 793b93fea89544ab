// Which rows of the directory are a page's own.

import type { Facts, Places } from "../../data/directory";
import { tiers } from "../../data/tiers";
import { stopsOf } from "./route";

/** A page's own part of the directory, `town:lujia`, `tier:centre`, `brand:…`, `route:…`: 1 for every row of it. */
export function partOf(only: string, places: Places, facts: Facts | null): Uint8Array {
  const [kind, id] = [only.slice(0, only.indexOf(":")), only.slice(only.indexOf(":") + 1)];
  if (kind === "brand") return rows(places, (row) => facts !== null && facts.brands[row]!.some((brand) => facts.brandNames[brand]!.id === id));
  if (kind === "route") {
    const stops = new Set(stopsOf(only));
    return rows(places, (row) => stops.has(row));
  }
  const tier = tiers().id.indexOf(id);
  if (kind === "tier") return rows(places, (row) => places.tier[row] === tier);
  return rows(places, (row) => places.towns[places.town[row]!]!.id === id);
}

function rows(places: Places, holds: (row: number) => boolean): Uint8Array {
  const mask = new Uint8Array(places.id.length);
  for (let row = 0; row < mask.length; row++) mask[row] = Number(holds(row));
  return mask;
}
