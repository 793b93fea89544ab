// The search, loaded when the first word is asked for, in the finder's own terms.

import { say } from "../core/words";
import type { Data } from "../data/directory";
import type { Group } from "../search/engine/search";
import { loadSearch } from "../search/loader";
import { plainEngine, type Engine } from "./query/engine";

/** Where a part of the search is missing, names, addresses and numbers can still be looked through. */
export function loadEngine(root: string, data: Data): Promise<Engine> {
  return loadSearch(root).then((search): Engine => (query) => {
    const { hits, chips, nearest } = search.find(query);
    return {
      // Where a name was found is asked for the few that are shown, and not for thousands.
      hits: hits.map((hit) => ({ row: hit.row, group: groupName(hit.group), note: hit.note, get marks() { return hit.marks; } })),
      chips: chips.map(({ kind, id, name, count }) => ({ kind, value: id || name, name, count })),
      nearest,
    };
  }, (why: unknown) => {
    console.warn(String(why));
    return plainEngine(data);
  });
}

function groupName(group: Group): string {
  const names = {
    start: say("find.hits.start"), town: say("find.hits.town"), inside: say("find.hits.inside"),
    also: say("find.hits.also"), near: say("find.hits.near"), gone: say("find.hits.gone"),
  };
  return names[group];
}
