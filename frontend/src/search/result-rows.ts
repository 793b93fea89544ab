// Results that are no places, as rows: what one may need, activities, hotlines. For the panel under a search field and for the
// page of results alike.

import { tel } from "../core/dialled";
import { make } from "../core/dom";
import { say } from "../core/words";
import type { Places } from "../data/directory";
import { needPage, type Hotline, type Need } from "../data/needs";
import type { ActivityHit } from "./activities";
import type { NeedHit } from "./engine/need-match";

/** A row of a list of results, before it is an option or a link. */
export interface ResultRow {
  /** Below the site's root; else a whole address. */
  page: string;
  icon: string;
  name: string;
  /** Why it was found, and how many there are. */
  line: string;
}

export function needRow({ need, how, word, count }: NeedHit): ResultRow {
  const why = how !== "name" && word !== need.name ? say("search.needAlso", { word }) : "";
  const many = count === null ? "" : count ? say("search.needCount", { count }) : say("search.needNowhere");
  return { page: needPage(need), icon: need.icon || "any", name: need.name, line: [many, why].filter(Boolean).join(" · ") };
}

/** Where it takes place: one place's page, else that of its kind. */
export function activityRow({ name, kind, rows }: ActivityHit, places: Places, needs: readonly Need[]): ResultRow {
  const [own] = needs.filter((need) => need.kind === "activity_kind" && need.name === kind);
  const row = rows[0]!;
  const single = rows.length === 1 && places.name[row];
  const page = single ? `positions/${places.id[row]!}.html` : own ? needPage(own) : "activities/index.html";
  return { page, icon: (own && own.icon) || "people", name, line: single ? places.name[row]! : say("search.activityPlaces", { count: rows.length }) };
}

export function hotlineRow({ name, phone, text }: Hotline): ResultRow {
  return { page: tel(phone), icon: "talk", name: say("search.hotline", { name, phone }), line: text };
}

/** Fills a link; the icon is drawn by the style sheet. */
export function fillRow(link: HTMLAnchorElement, { page, icon, name, line }: ResultRow, root: string): HTMLAnchorElement {
  link.classList.add("result-row");
  link.href = page.indexOf("tel:") === 0 ? page : root + page;
  link.appendChild(make("i", `icon icon-${icon}`));
  const text = link.appendChild(make("span", "result-text"));
  text.appendChild(make("span", "result-name", name));
  if (line) {
    text.appendChild(document.createTextNode(" "));
    text.appendChild(make("span", "result-line", line));
  }
  return link;
}
