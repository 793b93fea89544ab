// Where a map looked when the visitor left it, by the page's address, in this tab's own storage and in no address: Back gives it
// back, also between the steps of one page. Only where she had moved the map herself: else it shows what the page says, as ever.

import { here, left } from "./left";

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
  return all()[address] || null;
}

/** null: there is nothing to go back to. */
export function keepView(address: string, view: View | null): void {
  const views = all();
  if (!view && !views[address]) return;
  delete views[address];
  if (view) views[address] = view;
  for (const old of Object.keys(views).slice(0, -MOST)) delete views[old];
  try {
    sessionStorage.setItem(KEY, JSON.stringify(views));
  } catch {
    // Where nothing can be kept the map looks where the page says.
  }
}

function all(): { [address: string]: View } {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) || "{}") as { [address: string]: View };
  } catch {
    return {};
  }
}
