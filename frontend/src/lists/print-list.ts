// The whole filtered list on paper: made as printing begins, gone when it is over.

import { make } from "../core/dom";
import { say, sayList } from "../core/words";
import type { Data } from "../data/directory";
import { tierName } from "../data/tiers";
import { townName } from "./place-card";

const MOST = 2000; // rows; beyond that a browser takes minutes to lay out its pages

export interface PaperList {
  rows: number[];
  /** What was asked for, in words. */
  filters: string;
}

/** Whenever this page is printed, however that was asked for. */
export function printList(into: HTMLElement, data: Data, list: () => PaperList): void {
  let paper: HTMLElement | null = null;
  const clear = (): void => {
    if (paper) paper.remove();
    paper = null;
  };
  window.addEventListener("beforeprint", () => {
    clear();
    paper = into.appendChild(sheet(data, list()));
  });
  window.addEventListener("afterprint", clear);
}

function sheet(data: Data, { rows, filters }: PaperList): HTMLElement {
  const element = make("section", "paper-list");
  const day = document.documentElement.dataset.built || say("find.unknown");
  const facts = [say("find.paperFilters", { filters }), say("find.count", { count: rows.length }), say("find.paperDay", { day })];
  element.appendChild(make("p", "paper-facts", facts.join(" · ")));
  const table = element.appendChild(make("table", ""));
  const head = table.appendChild(make("thead", "")).appendChild(make("tr", ""));
  for (const name of sayList("find.paperColumns")) head.appendChild(make("th", "", name));
  const body = table.appendChild(make("tbody", ""));
  for (const row of rows.slice(0, MOST)) {
    const line = body.appendChild(make("tr", ""));
    for (const text of texts(data, row)) line.appendChild(make("td", "", text || say("find.unknown")));
  }
  if (rows.length > MOST) element.appendChild(make("p", "paper-facts", say("find.paperCut", { count: MOST })));
  return element;
}

function texts({ places, facts }: Data, row: number): string[] {
  const hours = facts.hours[row]!;
  return [
    places.name[row]!,
    tierName(places.tier[row]!),
    townName(places.towns[places.town[row]!]!),
    [facts.community[row], facts.address[row]].filter(Boolean).join(" "),
    hours < 0 ? "" : facts.hoursText[hours]!,
    facts.phone[row]!,
  ];
}
