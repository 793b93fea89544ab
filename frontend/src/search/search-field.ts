// The search field of every page. Its panel and the engine under it come once somebody sets out to type; without them the form
// still leads to search.html.

import { bringEngine } from "./lazy-engine";
import { onTyped } from "./typed";

/** For keyboards of phones, and for browsers that would open a list of their own over ours. */
const HINTS = { autocapitalize: "off", autocomplete: "off", enterkeyhint: "search", spellcheck: "false" };
/** What the field is going to be is said from the start: it may not change under somebody who listens to it. */
const ROLE = { role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-haspopup": "listbox" };

export function startSearch(): void {
  // A page with a finder answers by itself; only one list at a time. One of a need is about nothing else.
  const finder = document.querySelector("[data-finder]:not([data-only])");
  document.querySelectorAll<HTMLFormElement>("form[data-search]").forEach((form) => {
    const field = form.querySelector("input");
    if (!field) return;
    set(field, finder ? HINTS : { ...HINTS, ...ROLE });
    if (finder) tellFinder(form, field);
    awaitVisitor(form, field, !finder);
  });
}

function set(element: Element, attributes: { [name: string]: string }): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

/** Where there is no finder, the panel comes with the engine. Where that fails the next one who turns to the field asks again. */
function awaitVisitor(form: HTMLFormElement, field: HTMLInputElement, hasPanel: boolean): void {
  let isComing = false;
  const bring = (): void => {
    if (isComing) return;
    isComing = true;
    bringEngine(form.getAttribute("action")!.replace(/search\.html$/, "")).then((engine) => hasPanel && engine.openBox(form, field), () => (isComing = false));
  };
  for (const turn of ["pointerenter", "focus", "input"]) field.addEventListener(turn, bring);
  if (document.activeElement === field || (!hasPanel && field.value)) bring();
}

function tellFinder(form: HTMLFormElement, field: HTMLInputElement): void {
  const tell = (): void => {
    document.dispatchEvent(new CustomEvent("haitang:query", { detail: { query: field.value } }));
  };
  const take = (): void => {
    field.value = new URLSearchParams(location.search).get("q") || "";
  };
  onTyped(field, tell);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    tell();
  });
  window.addEventListener("popstate", take);
  take();
}
