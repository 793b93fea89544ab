// From a query to an answer: the search's code comes with the first word that is asked for.

import type { Blocks } from "../data/blocks";
import type { Data } from "../data/directory";
import { bringEngine } from "../search/lazy-engine";
import type { Limits } from "../search/split/split-search";
import { plainEngine, type Answer, type Engine } from "./query/engine";

/** What data/engine.js puts down for finders: engine/engine-loader.ts. */
interface FinderEngine {
  loadEngine(root: string, query: string): Promise<Engine>;
  searchBlocks(blocks: Blocks, query: string, limits: Limits): Promise<Answer>;
}

const code = (root: string): Promise<FinderEngine> => bringEngine(root).then((engine) => engine as unknown as FinderEngine);

/** Where a part of the search is missing, names, addresses and numbers can still be looked through. */
export function engineFor(root: string, data: Data, query: string): Promise<Engine> {
  return code(root).then((engine) => engine.loadEngine(root, query)).catch((why: unknown) => {
    console.warn(String(why));
    return plainEngine(data);
  });
}

/** The same over blocks, which come as they are needed. Rejects where they do not. */
export function answerOf(blocks: Blocks, query: string, limits: Limits): Promise<Answer> {
  return code(blocks.root).then((engine) => engine.searchBlocks(blocks, query, limits));
}
