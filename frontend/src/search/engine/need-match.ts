// Which needs a term asks for. The rule: a need stands before all places, so only what surely means it leads to it: never what
// merely sounds alike, and first letters only where they are those of the whole word.

import type { Need } from "../../data/needs";
import { SCORE, type Fit } from "./match";
import type { Term } from "./query";
import type { Source } from "./sources";

/** How it was found: by its name, by an everyday word for it, by how either is read. */
export type How = "name" | "also" | "letters";

export interface NeedFit {
  how: How;
  /** The name or the word. */
  word: string;
  score: number;
  source: Source;
}

export type NeedFits = Map<Need, NeedFit>;

const LETTERS = 4; // of syllables from which on they may be meant so
const RARE = 50; // what costs more is read in a rarer way than usual
const MOST = 4; // that are shown
const ALSO_COST = 10;
const LETTERS_ONLY = /^[a-z0-9]+$/;

/** Takes down what fits well enough; whether it does. */
export function noteNeed(fits: NeedFits, source: Source, term: Term, fit: Fit): boolean {
  const { need, text } = source;
  if (!need || !isMeant(source, term, fit)) return false;
  const isName = text.written === need.name;
  const how = fit.score < SCORE.fullStart ? "letters" : isName ? "name" : "also";
  const score = fit.score - (isName ? 0 : ALSO_COST);
  const known = fits.get(need);
  if (!known || known.score < score) fits.set(need, { how, word: text.written, score, source });
  return true;
}

/** Takes down what is written in letters as the term is but for one slip; never part of a word. */
export function noteSlip(fits: NeedFits, source: Source, term: Term, { score, start, end }: Fit): void {
  const { need, text } = source;
  const isWord = LETTERS_ONLY.test(text.plain.slice(start, end)) && text.beginsWord(start) && text.beginsWord(end);
  if (!need || term.kind !== "latin" || !isWord) return;
  const known = fits.get(need);
  if (!known || known.score < score) fits.set(need, { how: "letters", word: text.written, score, source });
}

function isMeant({ text, need, extra }: Source, term: Term, { score, start, end }: Fit): boolean {
  const isAlso = extra || text.written !== need!.name;
  const whole = start === 0 && end === text.plain.length;
  const { length } = term.text;
  if (score > SCORE.fullStart) { // as it is written; at the end of a word it must be most of it
    if (start === 0 || (length > 1 && end === text.plain.length && (!isAlso || 2 * length > end))) return true;
    return term.kind === "latin" && length > 2 && text.beginsWord(start) && (length > 3 || text.beginsWord(end));
  }
  if (start > 0 || end - start < 2) return false;
  if (score > SCORE.fullStart - RARE) return length >= LETTERS || whole; // by its syllables
  return whole && score < SCORE.initialStart && score > SCORE.initialStart - RARE && length >= (isAlso ? 3 : 2);
}

/** What somebody may need, and why it was found. */
export interface NeedHit {
  need: Need;
  how: How;
  /** The name or everyday word that was found. */
  word: string;
  /** How many places have it; null where the search does not know. */
  count: number | null;
}

export function needHit({ need, count }: Source, how: How, word: string): NeedHit {
  const { kind } = need!;
  return { need: need!, how, word, count: kind === "service" || kind === "facility" ? count : null };
}

/** What most words ask for, and of that the surest first. A kind of place that some name holds as well, as 花园, is said by the places themselves. */
export function needHits(answers: readonly { needs: NeedFits }[], hits: readonly { group: string }[]): NeedHit[] {
  const fits: NeedFits = new Map();
  const said = new Map<Need, number>(); // how many words ask for it: of those of hot water, most for the water
  for (const { needs } of answers) needs.forEach((fit, need) => {
    const known = fits.get(need);
    said.set(need, (said.get(need) || 0) + 1);
    if (!known || known.score < fit.score) fits.set(need, fit);
  });
  const all = Array.from(fits.values());
  const words = ({ source }: NeedFit): number => said.get(source.need!)!;
  const most = Math.max(...all.map(words));
  if (all.filter((fit) => words(fit) === most).length > MOST && !all.some(({ score }) => score > SCORE.start)) return []; // 服务 asks for nothing
  const named = hits.some(({ group }) => group === "start" || group === "inside");
  const isTold = ({ source, how, score }: NeedFit): boolean => source.need!.kind !== "site_kind" || !named || (how === "name" && score > SCORE.start);
  return all.filter(isTold).sort((one, other) => words(other) - words(one) || other.score - one.score).slice(0, MOST).map(({ source, how, word }) => needHit(source, how, word));
}
