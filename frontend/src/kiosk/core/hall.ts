// What this kiosk is: its hall and its release, as haitang/kiosk/app.py wrote them into the page.

import type { Facts, Places, Points } from "../../data/directory";
import type { Spot } from "../../data/geo";
import { load, script } from "../../data/loader";
import type { PackedActivities } from "../../events/agenda";

export interface Hall {
  id: string;
  title: string;
  /** The row of the hall's own position; -1 where it has none. */
  home: number;
  /** Where "you are here" is, in WGS-84; null where nobody knows. */
  spot: Spot | null;
  /** Minutes of the day between which the screen is dimmed. */
  night: [from: number, until: number] | null;
  /** Staff's own number; empty: the counters cannot be seen here. */
  staffPin: string;
  /** Where the public site is in this language, up to its last slash; empty where nobody says it. */
  public: string;
}

/** Pages of entries, made by templates/kiosk at build time: HTML of ours, in which every value from an entry is escaped. */
interface Written {
  /** Positions in the order of places.js, `each` to a chunk: base64 of raw DEFLATE of a JSON list. */
  positions: { each: number; chunks: string[] };
  brands: { [id: string]: string };
  chapters: { [id: string]: string };
  progress: string;
}

/** As haitang/kiosk/needs.py packs them. */
interface PackedHallNeeds {
  /** Ids of what the home page offers. */
  first: string[];
  /** The places of each need, a set of `data/columns.ts` each, in the order of data/needs.js. */
  rows: string;
}

interface Kiosk {
  hall: Hall;
  written: Written;
  needs: PackedHallNeeds;
  /** base64 of WOFF2 by weight. */
  fonts: { [weight: string]: string };
}

/** Everything a screen is made from. */
export interface World {
  places: Places;
  points: Points;
  facts: Facts;
  hall: Hall;
  /** The names of all activities. */
  activities: string[];
}

/** The release's id and the day of its data. They stand on the page and not in the script: the id is made of its digest. */
export function release(): { id: string; built: string } {
  const { release: id, built } = document.documentElement.dataset;
  return { id: id || "", built: built || "" };
}

export function kiosk(): Kiosk {
  return window.HAITANG!["kiosk"] as Kiosk;
}

/** The directory's data, which stand in the page itself. Rejects where they are damaged. */
export function loadWorld(): Promise<World> {
  return Promise.all([load("", "places"), load("", "points"), load("", "facts"), script("", "readings")]).then(
    ([places, points, facts]) => ({ places, points, facts, hall: kiosk().hall, activities: ((window.HAITANG!["activities"] as PackedActivities | undefined) || { names: [] }).names }),
  );
}
