// Ways on that words ask for and no place answers: 附近 is the map from here, 开门 what is open now, 活动 what takes place.

import { WAYS, type Vocabulary } from "../data/needs";
import { plain } from "./engine/query";

const PAGES = { near: "map.html?near=choose", open: "search.html?open=1", today: "activities/index.html" };

export interface WayOn {
  way: (typeof WAYS)[number];
  name: string;
  /** Below the site's root. */
  page: string;
}

/** Those that a query asks for. */
export function waysIn(query: string, { ways }: Vocabulary): WayOn[] {
  const { text } = plain(query);
  return WAYS.filter((way) => ways[way].words.some((word) => text.indexOf(plain(word).text) >= 0))
    .map((way) => ({ way, name: ways[way].name, page: PAGES[way] }));
}
