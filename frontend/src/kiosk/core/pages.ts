// Pages of entries as they were written at build time: unpacked when they are asked for, and a few chunks kept.

import { inflateSync } from "fflate";
import { ofData } from "../../core/of-data";
import { kiosk } from "./hall";

const KEPT = 4; // chunks: what a visitor goes back to is among them, and memory stays the same for months

const chunksOf = ofData(() => new Map<number, string[]>());

/** The page of a row's position. */
export function positionPage(row: number): DocumentFragment {
  const { each } = kiosk().written.positions;
  return fragment(chunk(Math.floor(row / each))[row % each]!);
}

export function brandPage(id: string): DocumentFragment | null {
  return named(kiosk().written.brands, id);
}

export function chapterPage(id: string): DocumentFragment | null {
  return named(kiosk().written.chapters, id);
}

export function progressPage(): DocumentFragment {
  return fragment(kiosk().written.progress);
}

function named(pages: { [id: string]: string }, id: string): DocumentFragment | null {
  return Object.prototype.hasOwnProperty.call(pages, id) ? fragment(pages[id]!) : null;
}

function chunk(number: number): string[] {
  const chunks = chunksOf();
  const pages = chunks.get(number) || (unpacked(kiosk().written.positions.chunks[number]!) as string[]);
  chunks.delete(number); // the last used comes last
  chunks.set(number, pages);
  if (chunks.size > KEPT) chunks.delete(chunks.keys().next().value!);
  return pages;
}

/** What `packed` of haitang/kiosk/pages.py made of it. */
export function unpacked(base64: string): unknown {
  return JSON.parse(text(inflateSync(bytes(base64))));
}

/** HTML of our own templates, where autoescape has made text of every value from an entry; the CSP lets no script of it run. */
export function fragment(html: string): DocumentFragment {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const into = document.createDocumentFragment();
  while (parsed.body.firstChild) into.appendChild(parsed.body.firstChild);
  return into;
}

export function bytes(base64: string): Uint8Array {
  const raw = atob(base64);
  const found = new Uint8Array(raw.length);
  for (let at = 0; at < raw.length; at++) found[at] = raw.charCodeAt(at);
  return found;
}

function text(utf8: Uint8Array): string {
  return new TextDecoder().decode(utf8);
}
