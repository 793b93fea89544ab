// One term against one text: how well it fits, and where.

import type { IndexedText } from "./indexed-text";
import { fuzzyPinyin, bitsOf, type Readings, type Spelling } from "./pinyin";
import { matchPinyin } from "./pinyin-match";
import type { Term } from "./query";

/** Names that begin so, names that hold it, then what is read so, from the front or further in. */
export const SCORE = {
  whole: 960,
  start: 900,
  inside: 700,
  fullStart: 600,
  initialStart: 500,
  fullInside: 400,
  initialInside: 350,
  sound: 260,
  edit: 200,
  fuzzy: 100,
} as const;
const RARE_COST = 60;
const LENGTH_COST = 40; // at most: of two that fit the shorter one is meant more often

export interface Fit {
  score: number;
  /** Where in the plain text; the end is the place after it. */
  start: number;
  end: number;
}

function fit(text: IndexedText, base: number, start: number, end: number): Fit {
  return { score: base - Math.min(text.plain.length, LENGTH_COST), start, end };
}

/** A term as it stands, or as letters spell it; null where it does not. */
export function match(text: IndexedText, term: Term): Fit | null {
  if (term.kind === "other") return mark(text, term.text);
  const at = placeOf(text, term.text);
  if (at >= 0) {
    const whole = text.plain.length === term.text.length;
    const inside = text.beginsWord(at) ? SCORE.inside : SCORE.fullInside;
    return fit(text, whole ? SCORE.whole : at ? inside : SCORE.start, at, at + term.text.length);
  }
  if (term.kind !== "latin") return null;
  const bits = bitsOf(term.text);
  if ((text.letters & bits) !== bits) return null;
  const found = matchPinyin(text, term.text);
  if (!found) return null;
  const front = found.start === 0;
  const base = found.initials
    ? front ? SCORE.initialStart : SCORE.initialInside
    : front ? SCORE.fullStart : SCORE.fullInside;
  return fit(text, base - Math.min(found.rare, 2) * RARE_COST - Math.min(found.initials, 9), found.start, found.end);
}

/** Where a term stands: at the beginning of a word if it does anywhere; -1 where it does not stand. */
function placeOf(text: IndexedText, term: string): number {
  const first = text.plain.indexOf(term);
  for (let at = first; at >= 0; at = text.plain.indexOf(term, at + 1)) if (text.beginsWord(at)) return at;
  return first;
}

/** Marks alone, or a script of its own. */
function mark(text: IndexedText, term: string): Fit | null {
  const at = text.written.indexOf(term);
  return at < 0 ? null : fit(text, SCORE.inside, text.plainPlace(at), text.plainPlace(at + term.length));
}

/** A term that is nearly there: other characters of the same sound, one slip of the hand. */
export function matchSimilar(text: IndexedText, term: Term, readings: Readings): Fit | null {
  if (term.kind === "han") return sounding(text, term.text, readings) || slippedCharacter(text, term.text);
  if (term.kind !== "latin" || term.text.length < 4) return null;
  return slippedLetter(text, term.text);
}

function sounding(text: IndexedText, term: string, readings: Readings): Fit | null {
  if (term.length < 2 || term.length > text.plain.length) return null;
  const heard = readings.heard(term);
  for (let start = 0; start + term.length <= text.plain.length; start++) {
    let at = 0;
    while (at < term.length && sounds(heard[at]!, term.charCodeAt(at), text, start + at)) at++;
    if (at === term.length) return fit(text, SCORE.sound - (start ? 20 : 0), start, start + at);
  }
  return null;
}

function sounds(heard: Spelling, character: number, text: IndexedText, at: number): boolean {
  if (text.plain.charCodeAt(at) === character) return true;
  const there = text.spellings[at]!;
  return (heard.starts & there.starts) !== 0 && heard.ways.some((way) => there.ways.indexOf(way) >= 0);
}

function slippedCharacter(text: IndexedText, term: string): Fit | null {
  if (term.length < 3) return null;
  for (let start = 0; start < text.plain.length; start++) {
    const end = endWithinOneEdit(term, text.plain, start);
    if (end > start) return fit(text, SCORE.edit - (start ? 20 : 0), start, end);
  }
  return null;
}

function slippedLetter(text: IndexedText, term: string): Fit | null {
  // One slip brings one foreign letter at most; nearly every text is told apart by that.
  const foreign = bitsOf(term) & ~text.letters;
  if (foreign & (foreign - 1)) return null;
  const { letters, at } = text.read;
  for (let character = 0; character + 1 < at.length; character++) {
    const from = at[character]!;
    if (at[character + 1] === from || !text.beginsWord(character)) continue;
    // A wrong first letter is rare, and short words have too many neighbours.
    if (term.length < 6 && letters.charCodeAt(from) !== term.charCodeAt(0)) continue;
    const end = endWithinOneEdit(term, letters, from);
    if (end >= 0) return fit(text, SCORE.edit - (character ? 20 : 0), character, characterAt(at, end));
  }
  return null;
}

function characterAt(at: readonly number[], end: number): number {
  let character = 0;
  while (character + 1 < at.length && at[character]! < end) character++;
  return character;
}

/** Where a text, from a place on, ends to be this term but for one letter more, less, other, or two swapped; -1 if it is not. */
export function endWithinOneEdit(term: string, text: string, from: number): number {
  let same = 0;
  while (same < term.length && text.charCodeAt(from + same) === term.charCodeAt(same)) same++;
  const at = from + same;
  if (same === term.length) return at;
  const swapped = term.charCodeAt(same) === text.charCodeAt(at + 1) && term.charCodeAt(same + 1) === text.charCodeAt(at);
  if (swapped && rest(term, same + 2, text, at + 2)) return at + term.length - same;
  if (at < text.length && rest(term, same + 1, text, at + 1)) return at + term.length - same;
  if (rest(term, same, text, at + 1)) return at + 1 + term.length - same;
  if (rest(term, same + 1, text, at)) return at + term.length - same - 1;
  return -1;
}

function rest(term: string, from: number, text: string, at: number): boolean {
  if (at + term.length - from > text.length) return false;
  for (let step = from; step < term.length; step++) {
    if (term.charCodeAt(step) !== text.charCodeAt(at + step - from)) return false;
  }
  return true;
}

/** A term whose sounds are nearly those of the text. `term` is blurred already. */
export function matchFuzzy(text: IndexedText, term: string): Fit | null {
  const { letters, at, blurred: whole } = text.read;
  if (whole.indexOf(term) < 0) return null;
  const first = term.charAt(0);
  for (let character = 0; character + 1 < at.length; character++) {
    if (at[character] === at[character + 1]) continue;
    const begins = letters.charAt(at[character]!);
    if (begins !== first && begins !== "n") continue; // of what is blurred only n changes its letter
    if (!fuzzyPinyin(letters.slice(at[character])).startsWith(term)) continue;
    let end = character + 1;
    while (end + 1 < at.length && fuzzyPinyin(letters.slice(at[character], at[end])).length < term.length) end++;
    return fit(text, SCORE.fuzzy - (character ? 20 : 0), character, end);
  }
  return null;
}
