// What a directory calls its tiers. Who types such a name in full asks for the places of that tier.

import { tiers } from "../../data/tiers";
import { SCORE, type Fit } from "./match";
import { plain, type Term } from "./query";

const LEAST = 2; // characters: 站 and 点 stand in names of other things
const BY_SYLLABLES = SCORE.fullStart - 50; // but not by its first letters, nor read in a rare way
const PLURALS: readonly (readonly [RegExp, string])[] = [[/s$/, ""], [/es$/, ""], [/ies$/, "y"]];
const MOST_TERMS = 4; // that make up a name

/** The short name of a tier as people may type it; empty where it says too little. */
export function shortName(index: number): string {
  const short = tiers().name[index] || "";
  return plain(short).text.length < LEAST ? "" : short;
}

/** Whether a tier is meant by what was found in its name, as that is compared. */
export function isTierMeant(name: string, { start, end, score }: Fit): boolean {
  return name.length >= LEAST && start === 0 && end === name.length && score > BY_SYLLABLES - name.length;
}

/** All that they are called, in full and in short. */
export function allNames(full: readonly string[]): string[] {
  return [...full, ...full.map((_, index) => shortName(index))].filter((name) => plain(name).text.length >= LEAST);
}

/** The tier that is called so, in full or in short; -1 for none. */
export function tierCalled(text: string, full: readonly string[]): number {
  const isIt = (name: string): boolean => plain(name).text === text;
  return full.findIndex((name, index) => text.length >= LEAST && (isIt(name) || isIt(shortName(index))));
}

/** Whether places were found because of what their tier is called. */
export function isTierAsked(terms: readonly Term[], chips: readonly { kind: string; index: number; name: string }[]): boolean {
  const called = chips.filter(({ kind }) => kind === "tier").map(({ index, name }) => [name, shortName(index)]);
  return called.some((names) => names.some((name) => terms.some(({ text }) => text === plain(name).text)));
}

/** Terms of which some together are a tier's name: `mobile` and `stops` are one term. */
export function withTiers(terms: readonly Term[], names: ReadonlySet<string>): Term[] {
  const found: Term[] = [];
  for (let at = 0; at < terms.length; ) {
    let count = Math.min(MOST_TERMS, terms.length - at);
    let name: string | null = null;
    for (; count > 0 && !(name = calledSo(terms.slice(at, at + count).map(({ text }) => text).join(""), names)); ) count--;
    found.push(name && name !== terms[at]!.text ? { text: name, kind: "han" } : terms[at]!);
    at += Math.max(count, 1);
  }
  return found;
}

function calledSo(text: string, names: ReadonlySet<string>): string | null {
  const ways = [text, ...PLURALS.map(([end, one]) => text.replace(end, one))];
  return ways.filter((way) => names.has(way))[0] || null;
}
