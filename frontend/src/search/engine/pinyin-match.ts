// Letters against the spelling of a text: whole syllables, first letters, mixtures of both, a last syllable still being typed.

import type { IndexedText } from "./indexed-text";
import { bitOf } from "./pinyin";

/** How letters were found: the place, and what had to be forgiven. */
export interface PinyinMatch {
  start: number;
  end: number;
  /** Characters given by their first letters only. */
  initials: number;
  /** Characters read in one of their rarer ways. */
  rare: number;
}

// A cost holds what must be forgiven and, in its lowest digits, where the match ends, so that nothing is allocated on the way.
const END = 256;
const RARE = END * 64;
const NONE = RARE * 4096;

/** The best way to read these letters in the text, or null. Places later in the text cost more only than being found at all. */
export function matchPinyin(text: IndexedText, letters: string): PinyinMatch | null {
  const first = bitOf(letters);
  if (!(text.starts & first)) return null;
  let best = NONE;
  let start = -1;
  for (let at = 0; at < text.spellings.length; at++) {
    if (!(text.spellings[at]!.starts & first)) continue;
    const cost = walk(text, at, letters, 0);
    // From the front, first letters are better than whole syllables further in: that is how names are shortened.
    if (cost < NONE && start < 0 && at === 0) return found(at, cost);
    if (cost < best) {
      best = cost;
      start = at;
    }
  }
  return start < 0 ? null : found(start, best);
}

function found(start: number, cost: number): PinyinMatch {
  return { start, end: cost % END, initials: Math.floor(cost / END) % 64, rare: Math.floor(cost / RARE) };
}

function walk(text: IndexedText, at: number, letters: string, from: number): number {
  if (from === letters.length) return at;
  if (at === text.spellings.length) return NONE;
  const { ways } = text.spellings[at]!;
  if (!ways.length) return from ? walk(text, at + 1, letters, from) : NONE;
  let best = NONE;
  for (let way = 0; way < ways.length; way++) {
    const cost = step(text, at, letters, from, ways[way]!) + (way ? RARE : 0);
    if (cost < best) best = cost;
  }
  return best;
}

/** From one character on, read in one way: whole, as far as it is typed, or by its first letter (of zh, ch, sh by both). */
function step(text: IndexedText, at: number, letters: string, from: number, syllable: string): number {
  if (letters.charCodeAt(from) !== syllable.charCodeAt(0)) return NONE;
  const left = letters.length - from;
  let best = NONE;
  if (letters.startsWith(syllable, from)) best = walk(text, at + 1, letters, from + syllable.length);
  if (best < END) return best;
  if (left < syllable.length && syllable.startsWith(letters.slice(from))) return at + 1 + (left === 1 ? END : 0);
  if (syllable.length > 1) {
    best = Math.min(best, walk(text, at + 1, letters, from + 1) + END);
    if (syllable.charAt(1) === "h" && letters.charAt(from + 1) === "h") {
      best = Math.min(best, walk(text, at + 1, letters, from + 2) + END);
    }
  }
  return best;
}
