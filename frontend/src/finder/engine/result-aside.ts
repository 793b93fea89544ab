// What a page of results shows beside the places it found: what one may need, activities, ways on, and whom to ask.

import { make } from "../../core/dom";
import { say } from "../../core/words";
import type { NeedHit } from "../../search/engine/need-match";
import type { Found } from "../../search/engine/search";
import { isNothing, type Further } from "../../search/further";
import { activityRow, fillRow, hotlineRow, needRow, type ResultRow } from "../../search/result-rows";
import type { Searched } from "../../search/search-panel";
import { understood } from "../../search/understood";
import { waysIn } from "../../search/ways";
import type { Aside } from "../query/engine";

/** `further` may come later, and fills its own room then. */
export function asideOf(root: string, search: Searched, query: string, found: Found, further: Promise<Further>): Aside {
  const { places, vocabulary } = search;
  const list = (name: string, rows: readonly ResultRow[]): HTMLElement | null => rowList(name, rows, root);
  const after = make("div", "");
  const put = (part: HTMLElement | null, into = after): void => void (part && into.appendChild(part));
  const activities = after.appendChild(make("div", ""));
  void further.then((later) => put(list(say("search.activities"), later.activities.map((hit) => activityRow(hit, places, vocabulary.needs))), activities));
  put(list(say("search.ways"), waysIn(query, vocabulary).map(({ name, page }) => ({ page, icon: "walk", name, line: "" }))));
  const isGone = found.hits.length > 0 && found.hits[0]!.group === "gone";
  if (isGone) put(list(say("search.goneAsk"), vocabulary.hotlines.map(hotlineRow)));
  const none = make("div", "");
  const told = understood(found);
  if (told) none.appendChild(make("p", "", told));
  const nearest = isNothing(found) ? search.nearestNeed(query) : null;
  if (nearest) put(list(say("search.nearestNeed"), [needRow(nearest)]), none);
  put(list(say("search.hotlines"), vocabulary.hotlines.map(hotlineRow)), none);
  return { needs: list(say("search.needs"), found.needs.map((hit: NeedHit) => needRow(hit))), after, none };
}

/** Rows under a heading; null where there are none. */
function rowList(name: string, rows: readonly ResultRow[], root: string): HTMLElement | null {
  if (!rows.length) return null;
  const element = make("div", "result-rows");
  element.appendChild(make("p", "result-heading", name));
  const list = element.appendChild(make("ul", ""));
  for (const row of rows) fillRow(list.appendChild(make("li", "")).appendChild(make("a", "")), row, root);
  return element;
}
