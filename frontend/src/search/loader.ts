// The search engine with its data: what a page or a kiosk asks for once somebody begins to type.

import { load, script } from "../data/loader";
import type { PackedReadings } from "./engine/pinyin";
import { Search } from "./engine/search";

/** Made ready in steps that no finger notices. */
const WARM_MS = 8;

const made = new Map<string, Promise<Search>>();

/** Loads what the search needs, once; rejects where a file is missing, and may then be asked again. */
export function loadSearch(root: string): Promise<Search> {
  let search = made.get(root);
  if (!search) {
    search = Promise.all([load(root, "places"), load(root, "facts"), script(root, "readings")]).then(([places, facts]) => {
      const readings = window.HAITANG && window.HAITANG["readings"];
      if (!readings) throw new Error("data/readings.js: no data");
      const engine = new Search(places, facts, readings as PackedReadings);
      const warm = (): void => {
        if (engine.warm(WARM_MS)) setTimeout(warm, WARM_MS);
      };
      setTimeout(warm, WARM_MS);
      return engine;
    });
    search.catch(() => made.delete(root)); // a phone that was in a tunnel may ask again
    made.set(root, search);
  }
  return search;
}
