// What looks through a directory that comes in blocks: search/loader.ts asks for it only there.

import { blocksOf } from "../../data/blocks";
import { loadSplitSearch } from "../../search/split/load";
import { knowScript } from "../../search/traditional";

const searchIn: typeof loadSplitSearch = (blocks) => knowScript(blocks.root).then(() => loadSplitSearch(blocks));

Object.assign((window.HAITANG = window.HAITANG || {}), {
  split: { searchOf: (root: string) => blocksOf(root).then((blocks) => searchIn(blocks!)), searchIn },
});
