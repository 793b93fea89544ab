// What one term finds, row by row.

import { isTierMeant } from "./tier-names";
import { SCORE, type Fit } from "./match";
import { noteNeed, type NeedFits } from "./need-match";
import type { Term } from "./query";
import type { Source } from "./sources";

export const BAND = 1000; // a key is a group's band and a score in it

/** What one term found: for each row a key (0: nothing) and where the best of it was found. */
export interface Answer {
  keys: Uint16Array;
  from: Int32Array;
  count: number;
  chips: Map<Source, number>;
  needs: NeedFits;
  nearest: string | null;
}

export const NAME = -1;
export const PHONE = -2;
export const ADDRESS = -3;

export function emptyAnswer(rows: number): Answer {
  return { keys: new Uint16Array(rows), from: new Int32Array(rows), count: 0, chips: new Map(), needs: new Map(), nearest: null };
}

/** Whether anything is as the term has it. */
export function isFound({ count, chips, needs }: Answer): boolean {
  return count > 0 || chips.size > 0 || needs.size > 0;
}

export function put(answer: Answer, row: number, key: number, from: number): void {
  if (!answer.keys[row]) answer.count++;
  if (answer.keys[row]! >= key) return;
  answer.keys[row] = key;
  answer.from[row] = from;
}

/** Takes down what a source found: which group that is depends on what it is found in. */
export function note(answer: Answer, source: Source, at: number, term: Term, fit: Fit): void {
  const { field } = source;
  if (source.need && !noteNeed(answer.needs, source, term, fit) && source.extra) return;
  const front = fit.start === 0;
  // First letters further in fit too much to be meant.
  if (source.index >= 0 && (front || fit.score > SCORE.initialInside)) {
    answer.chips.set(source, Math.max(answer.chips.get(source) || 0, fit.score));
  }
  if (field === "tier" && !isTierMeant(source.text.plain, fit)) return;
  let key = BAND + Math.max(fit.score - 60, 1);
  if (field === "name" || field === "alias") key = (front ? 4 : 2) * BAND + fit.score - (field === "alias" ? 10 : 0);
  else if (front && (field === "town" || field === "area")) key = 3 * BAND + fit.score - (field === "area" ? 20 : 0);
  for (const row of source.rows) put(answer, row, key, field === "name" ? NAME : at);
}

/** All terms must have found the row; it stands with the best of them, unless one was only nearly so. */
export function together(answers: readonly Answer[], row: number): { group: number; score: number } | null {
  let best = 0;
  let worst = Infinity;
  let sum = 0;
  for (const { keys } of answers) {
    const key = keys[row]!;
    if (!key) return null;
    best = Math.max(best, key);
    worst = Math.min(worst, key);
    sum += key;
  }
  const band = worst < BAND ? 0 : Math.floor(best / BAND);
  return { group: 4 - band, score: Math.round(sum / answers.length) };
}

/** Why a place is among the hits, best first: its name begins so, it is in such a town, its name holds it, something else of it
 * does, it is nearly so; places that are closed come last. */
export const GROUPS = ["start", "town", "inside", "also", "near", "gone"] as const;
export type Group = (typeof GROUPS)[number];
export type Mark = [start: number, end: number];

export interface Hit {
  row: number;
  /** Higher is better, within one query. */
  score: number;
  group: Group;
  /** What was found where it is not the name: an alias, a service, a telephone number. */
  readonly note: string;
  /** Ranges of the name that were found. */
  readonly marks: Mark[];
}

/** Who knows what of a hit was found. */
interface Teller {
  noteOf(row: number, terms: readonly Term[], answers: readonly Answer[]): string;
  marksOf(row: number, terms: readonly Term[], almost: boolean): Mark[];
}

export class RowHit implements Hit {
  constructor(
    readonly row: number,
    readonly score: number,
    readonly group: Group,
    private readonly search: Teller,
    private readonly terms: readonly Term[],
    private readonly answers: readonly Answer[],
  ) {}

  toJSON(): object {
    return { row: this.row, group: this.group, note: this.note, marks: this.marks };
  }

  // Both are looked for only where a hit is shown.
  get note(): string {
    return this.search.noteOf(this.row, this.terms, this.answers);
  }

  get marks(): Mark[] {
    return this.search.marksOf(this.row, this.terms, this.group === "near" || this.group === "gone");
  }
}
