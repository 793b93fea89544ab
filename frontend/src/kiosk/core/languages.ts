// The languages of this screen. The first one stands in the page; of a further one everything that it says otherwise comes as one
// part of the release, once a visitor asks for it.

import type { World } from "./hall";
import { fragment, unpacked } from "./pages";

type Data = NonNullable<Window["HAITANG"]>;

const ATTRACT = ".k-attract";

export interface Language {
  id: string;
  title: string;
  data: Data;
  /** As in `unicode-range`: what the letters of the first language have not; empty for itself. */
  characters: string;
  /** `.kiosk`: all its screens. */
  element: HTMLElement;
  /** What is shown while nobody is there. */
  attract: HTMLElement;
}

/** As haitang/kiosk/build.py packs one. */
interface Packed {
  title: string;
  shell: string;
  data: Data;
  characters: string;
}

export function partOf(id: string): string {
  return `language-${id.toLowerCase()}`;
}

/** The one that stands in the page. */
export function ownLanguage(): Language {
  const { title } = document;
  const attract = document.querySelector<HTMLElement>(ATTRACT)!;
  return { id: document.documentElement.lang, title, data: window.HAITANG!, characters: "", element: document.getElementById("kiosk")!, attract };
}

/** A further one, from the text of its part. */
export function languageIn(text: string, id: string, first: Language): Language {
  const { title, shell, data, characters } = unpacked(text) as Packed;
  const brought = fragment(shell);
  const [element, attract] = [".kiosk", ATTRACT].map((part) => brought.querySelector<HTMLElement>(part)!) as [HTMLElement, HTMLElement];
  return { id, title, characters, data: { ...first.data, ...data }, element, attract };
}

/** From here on the page is in this language. Its words and its screens are there at once. */
export function put({ id, title, data, element }: Language): void {
  window.HAITANG = data;
  document.documentElement.lang = id;
  document.title = title;
  const before = document.getElementById("kiosk")!;
  if (before !== element) before.parentNode!.replaceChild(element, before);
}

const NAMED = ["serviceNames", "facilityNames"] as const;

/** Where an address of the first world leads, as the other one calls it: services, facilities and activities go by their names. */
export function inOther(what: string, from: World, to: World): string {
  const [kind = "", ...rest] = what.split("/");
  const column = kind === "service" ? NAMED[0] : kind === "facility" ? NAMED[1] : null;
  const at = column ? from.facts[column].indexOf(rest.join("/")) : -1;
  if (column && at >= 0) return `${kind}/${to.facts[column][at]!}`;
  if (kind !== "held") return what;
  const [rows = "", ...name] = rest;
  const known = from.activities.indexOf(name.join("/"));
  return known < 0 ? what : `${kind}/${rows}/${to.activities[known]!}`;
}
