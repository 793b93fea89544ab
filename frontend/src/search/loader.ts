// The search engine with its data: what a page or a kiosk asks for once somebody begins to type.

import { ofData } from "../core/of-data";
import type { Blocks } from "../data/blocks";
import { exists, load, script } from "../data/loader";
import { loadVocabulary } from "../data/needs";
import type { PackedReadings } from "./engine/pinyin";
import { Search } from "./engine/search";
import { warmUp } from "./engine/warm-up";
import type { SplitSearch } from "./split/split-search";
import { knowScript } from "./traditional";

const madeOf = ofData(() => new Map<string, Promise<Search>>());

/** The search of this site. Where the directory comes in blocks, how to search them comes with the data: few sites need it. */
export async function loadAnySearch(root: string): Promise<Search | SplitSearch> {
  if (!(await exists(root, "overview"))) return loadSearch(root);
  return (await splitCode(root)).searchOf(root);
}

/** What looks through blocks: entries/data/split.ts. */
export interface SplitCode {
  searchOf(root: string): Promise<SplitSearch>;
  searchIn(blocks: Blocks): Promise<SplitSearch>;
}

export async function splitCode(root: string): Promise<SplitCode> {
  await script(root, "split");
  return window.HAITANG!["split"] as SplitCode;
}

/** Loads what the search needs, once; rejects where a file is missing, and may then be asked again. */
export function loadSearch(root: string): Promise<Search> {
  const made = madeOf();
  let search = made.get(root);
  if (!search) {
    search = Promise.all([load(root, "places"), load(root, "facts"), loadReadings(root), loadVocabulary(root), knowScript(root)]).then(([places, facts, readings, vocabulary]) => {
      const engine = new Search(places, facts, readings, { vocabulary });
      warmUp(engine);
      return engine;
    });
    search.catch(() => made.delete(root)); // a phone that was in a tunnel may ask again
    made.set(root, search);
  }
  return search;
}

function loadReadings(root: string): Promise<PackedReadings> {
  return script(root, "readings").then(() => {
    const readings = window.HAITANG && window.HAITANG["readings"];
    if (!readings) throw new Error("data/readings.js: no data");
    return readings as PackedReadings;
  });
}
