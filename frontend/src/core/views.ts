// Where a map looked when the visitor left it, by the page's address, in this tab's own storage and in no address: Back gives it
// back, also between the steps of one page. Only where she had moved the map herself: else it shows what the page says, as ever.

import { here, left } from "./left";
import { asGroup, note, noted } from "./session";

/** In the degrees the map is drawn in. */
export interface View {
  lat: number;
  lon: number;
  zoom: number;
}

const KEY = "haitang-views";
const MOST = 30; // addresses, as of what else is given back

/** What Back has brought her here for; null where she came another way, or had not moved the map. */
export const viewLeft: View | null = left() && viewAt(here());

export function viewAt(address: string): View | null {
  return soundView(noted(KEY)[address]);
}

/** null: there is nothing to go back to. */
export function keepView(address: string, view: View | null): void {
  const views = noted(KEY);
  if (!view && !views[address]) return;
  delete views[address];
  if (view) views[address] = view;
  for (const old of Object.keys(views).slice(0, -MOST)) delete views[old];
  note(KEY, views);
}

/** null for what is no place on earth, or no zoom. */
export function soundView(value: unknown): View | null {
  const { lat, lon, zoom } = asGroup(value);
  const isSound = [[lat, 90], [lon, 180], [zoom, 30]].every(([number, most]) => typeof number === "number" && Math.abs(number) <= (most as number));
  return isSound ? { lat, lon, zoom } as View : null;
}
