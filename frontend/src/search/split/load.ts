// The search over blocks with its data, once for all who ask.

import type { Blocks } from "../../data/blocks";
import { script } from "../../data/loader";
import { loadVocabulary } from "../../data/needs";
import { warmUp } from "../engine/warm-up";
import type { PackedReadings } from "../engine/pinyin";
import { Postings } from "./postings";
import { SplitSearch } from "./split-search";

const made = new Map<Blocks, Promise<SplitSearch>>();

/** Loads what the search needs to begin, once; what is typed brings the rest. */
export function loadSplitSearch(blocks: Blocks): Promise<SplitSearch> {
  let search = made.get(blocks);
  if (!search) {
    const { root, overview } = blocks;
    search = Promise.all([Postings.load(root, overview.blocks.length), loadVocabulary(root), script(root, "readings"), blocks.named()])
      .then(([postings, vocabulary]) => new SplitSearch(blocks, postings, window.HAITANG!["readings"] as unknown as PackedReadings, vocabulary));
    search.then(warmUp, () => undefined);
    search.catch(() => made.delete(blocks)); // a phone that was in a tunnel may ask again
    made.set(blocks, search);
  }
  return search;
}
