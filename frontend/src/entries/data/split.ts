// What looks through a directory that comes in blocks: search/loader.ts asks for it only there.

import { blocksOf } from "../../data/blocks";
import { loadSplitSearch } from "../../search/split/load";

Object.assign((window.HAITANG = window.HAITANG || {}), {
  split: { searchOf: (root: string) => blocksOf(root).then((blocks) => loadSplitSearch(blocks!)), searchIn: loadSplitSearch },
});
