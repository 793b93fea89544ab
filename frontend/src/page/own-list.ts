// A visitor's own list of places: kept on this phone and nowhere else. Buttons that keep a place or let it go, and the way back
// from a slip: the button stays where it is and takes back what it did.

import { line, make } from "../core/dom";
import { say } from "../core/words";
import { handOn, publicAddress, showToast } from "./share";

const KEY = "haitang-own";
const MOST = 200; // places; the oldest go first
const ID = /^[a-z0-9-]{1,64}$/;
const PLACE_PAGE = /\/positions\/([a-z0-9-]+)(?:\.html)?$/;
const STAR = "M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9L12 16.9l-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z";

/** The ids that are kept, the oldest first; whatever else stands there is left out. */
export function ownIds(): string[] {
  try {
    return readIds(localStorage.getItem(KEY) || ""); // throws where storage is forbidden
  } catch (error) {
    return [];
  }
}

/** Ids of a text that separates them by commas, each once. */
export function readIds(text: string): string[] {
  return Array.from(new Set(text.split(",").filter((id) => ID.test(id)))).slice(-MOST);
}

/** False where this browser remembers nothing. */
export function keepIds(ids: readonly string[]): boolean {
  try {
    localStorage.setItem(KEY, ids.slice(-MOST).join(","));
    return true;
  } catch (error) {
    return false;
  }
}

/** The list that somebody handed on, in the address of the page that shows lists; null where it is one's own that is shown. */
export function handedOn(hash: string): string[] | null {
  const found = /^#list=([a-z0-9,-]+)$/.exec(hash);
  return found && readIds(found[1]!);
}

/** A button that keeps a place, or lets it go. */
export function keeper(id: string, name: string): HTMLButtonElement {
  const button = make("button", "keeper");
  button.type = "button";
  button.appendChild(line(STAR));
  const text = button.appendChild(make("span", ""));
  const reflect = (): void => {
    const isKept = ownIds().indexOf(id) >= 0;
    button.setAttribute("aria-pressed", String(isKept));
    button.setAttribute("aria-label", say(isKept ? "own.letGoOf" : "own.keepIt", { name }));
    text.textContent = say(isKept ? "own.kept" : "own.keep");
  };
  button.addEventListener("click", () => {
    const [before, others] = [ownIds(), ownIds().filter((other) => other !== id)];
    const isKept = others.length < before.length;
    const done = keepIds(isKept ? others : [...others, id]);
    reflect();
    showToast(say(!done ? "own.failed" : isKept ? "own.gone" : "own.done"));
  });
  reflect();
  addEventListener("storage", reflect); // another tab
  addEventListener("pageshow", reflect);
  return button;
}

/** On a place's page. */
export function offerKeeping(): void {
  const found = PLACE_PAGE.exec(location.pathname);
  const heading = document.querySelector(".head-row h1");
  const head = document.querySelector(".head > .wrap");
  if (!found || !heading || !head) return;
  head.appendChild(keeper(found[1]!, (heading.textContent || "").trim()));
}

/** On the page that shows lists: whose it is, and handing it on or taking it over. */
export function startOwnPage(): void {
  const acts = document.querySelector<HTMLElement>("[data-own-acts]");
  const [title, lead] = [document.querySelector("[data-own-title]"), document.querySelector("[data-own-lead]")];
  if (!acts || !title || !lead) return;
  addEventListener("hashchange", () => location.reload()); // another list is another page
  const others = handedOn(location.hash);
  if (others) {
    title.textContent = say("own.titleOther");
    lead.textContent = say("own.leadOther", { count: others.length });
  }
  acts.hidden = !(others || ownIds()).length;
  acts.appendChild(others ? taker(others) : sharerOfList());
}

function taker(others: readonly string[]): HTMLButtonElement {
  const button = make("button", "btn btn-main", say("own.take"));
  button.type = "button";
  button.addEventListener("click", () => {
    const done = keepIds(Array.from(new Set([...ownIds(), ...others])));
    showToast(say(done ? "own.taken" : "own.failed"));
  });
  return button;
}

function sharerOfList(): HTMLButtonElement {
  const button = make("button", "btn", say("own.share"));
  button.type = "button";
  button.addEventListener("click", () => {
    const address = `${(publicAddress() || location.href).replace(/#.*$/, "")}#list=${ownIds().join(",")}`;
    void handOn(say("own.titleOther"), address);
  });
  return button;
}
