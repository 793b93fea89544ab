// The search, loaded when the first word is asked for, in the finder's own terms.

import { say } from "../core/words";
import type { Data } from "../data/directory";
import type { Group } from "../search/engine/search";
import type { Blocks } from "../data/blocks";
import { loadSearch } from "../search/loader";
import { loadSplitSearch } from "../search/split/load";
import type { Found } from "../search/engine/search";
import type { Limits } from "../search/split/split-search";
import { plainEngine, type Answer, type Engine } from "./query/engine";

/** Where a part of the search is missing, names, addresses and numbers can still be looked through. */
export function loadEngine(root: string, data: Data): Promise<Engine> {
  return loadSearch(root).then((search): Engine => (query) => {
    return answerOf(search.find(query));
  }, (why: unknown) => {
    console.warn(String(why));
    return plainEngine(data);
  });
}

/** The same over blocks, which come as they are needed. Rejects where they do not. */
export function searchBlocks(blocks: Blocks, query: string, limits: Limits): Promise<Answer> {
  return loadSplitSearch(blocks).then((search) => search.find(query, limits)).then((found) => ({ ...answerOf(found), complete: found.complete }));
}

function answerOf({ hits, chips, nearest }: Found): Answer {
  return {
    // Where a name was found is asked for the few that are shown, and not for thousands.
    hits: hits.map((hit) => ({ row: hit.row, group: groupName(hit.group), note: hit.note, get marks() { return hit.marks; } })),
    chips: chips.map(({ kind, id, name, count }) => ({ kind, value: id || name, name, count })),
    nearest,
  };
}

function groupName(group: Group): string {
  const names = {
    start: say("find.hits.start"), town: say("find.hits.town"), inside: say("find.hits.inside"),
    also: say("find.hits.also"), near: say("find.hits.near"), gone: say("find.hits.gone"),
  };
  return names[group];
}
