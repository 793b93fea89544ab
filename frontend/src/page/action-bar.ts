// The bar with what is done most on a place's page: it repeats links that stand further up, and sticks to the window's lower edge,
// within reach of a thumb, from the first.

import { make } from "../core/dom";
import { say } from "../core/words";
import { sharer } from "./take-along";

/** Comes before startSharing, which serves its button. */
export function startActionBar(): void {
  const columns = document.querySelector(".cols");
  const maps = document.querySelectorAll<HTMLAnchorElement>(".way .apps a");
  if (!columns || !maps.length) return;
  const bar = make("nav", "thumb");
  bar.setAttribute("aria-label", say("actions.label"));
  const add = (link: HTMLAnchorElement | null, text: string): void => {
    if (!link) return;
    const copy = bar.appendChild(make("a", "", text));
    copy.href = link.href;
    copy.rel = link.rel;
  };
  add(maps[0]!, document.querySelector('.way .apps a[href^="geo:"]') ? say("actions.go") : say("actions.find")); // of a place known only to its town: a search
  bar.firstElementChild!.className = "is-main";
  add(document.querySelector(".phone a"), say("actions.call"));
  bar.appendChild(sharer(""));
  add(document.querySelector("a[data-tell]"), say("actions.tell"));
  columns.parentNode!.insertBefore(bar, columns.nextSibling);
  const root = document.documentElement.classList;
  root.add("has-thumb");
}
