// The search in the finder's own terms, as data/engine.js brings it.

import { say } from "../../core/words";
import type { Blocks } from "../../data/blocks";
import { loadSearch, splitCode } from "../../search/loader";
import type { Found, Search } from "../../search/engine/search";
import { findFurther, isNothing, type Further } from "../../search/further";
import { isTierAsked } from "../../search/engine/tier-names";
import type { Limits } from "../../search/split/split-search";
import { heading } from "../../search/search-panel";
import { simplified } from "../../search/traditional";
import type { Answer, Engine } from "../query/engine";
import { asideOf } from "./result-aside";

/** The search with what this query needs besides; rejects where a part of it is missing. */
export function loadEngine(root: string, query: string): Promise<Engine> {
  return Promise.all([loadSearch(root), simplified(root, query)]).then(([search, plain]) => engineFor(root, search, query, plain));
}

/** Only where nothing was found are stories waited for: activities come in their own time. */
function engineFor(root: string, search: Search, query: string, plain: string): Engine | Promise<Engine> {
  const found = search.find(plain);
  const further = findFurther(root, search.readings, found, placeText(search));
  const engine = (told: Further | null): Engine => () => {
    const stories = told ? told.stories.map(({ row, text }) => ({ row, group: say("search.stories"), note: text, marks: [] })) : [];
    const { hits, chips, nearest } = answerOf(found);
    return { hits: [...hits, ...stories], chips, nearest, aside: asideOf(root, search, query, found, further) };
  };
  return isNothing(found) ? further.then(engine) : engine(null);
}

/** Name and town of a place, as far as it is there. */
function placeText({ places }: Pick<Search, "places">): (row: number) => string {
  return (row) => {
    const town = places.towns[places.town[row]!];
    return `${places.name[row] || ""} ${town ? town.name : ""}`;
  };
}

/** The same over blocks, which come as they are needed. Rejects where they do not. */
export function searchBlocks(blocks: Blocks, query: string, limits: Limits): Promise<Answer> {
  const { root } = blocks;
  return Promise.all([splitCode(root).then((code) => code.searchIn(blocks)), simplified(root, query)]).then(([search, plain]) => search.find(plain, limits).then((found) => {
    const further = findFurther(root, search.readings, found, placeText(search));
    return { ...answerOf(found), aside: asideOf(root, search, query, found, further), complete: found.complete };
  }));
}

function answerOf({ needs, hits, chips, nearest, terms }: Found): Pick<Answer, "hits" | "chips" | "nearest"> {
  const isOfTier = isTierAsked(terms, chips);
  return {
    // Where a name was found is asked for the few that are shown, and not for thousands.
    hits: hits.map((hit) => ({ row: hit.row, group: heading(hit.group, needs.length > 0, isOfTier), note: hit.note, get marks() { return hit.marks; } })),
    chips: chips.map(({ kind, id, name, count }) => ({ kind, value: id || name, name, count })),
    nearest,
  };
}
