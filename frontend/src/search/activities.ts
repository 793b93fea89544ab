// What is looked into once the first answer stands: activities, and what is told of places at length. Pure.

import type { Activity } from "../events/agenda";
import { IndexedText } from "./engine/indexed-text";
import { match, SCORE } from "./engine/match";
import type { Readings } from "./engine/pinyin";
import { plain, type Term } from "./engine/query";
import type { Found } from "./engine/search";

/** Activities of one name. */
export interface ActivityHit {
  name: string;
  kind: string;
  /** Where they take place, each once. */
  rows: number[];
}

/** A place of which something is told. */
export interface StoryHit {
  row: number;
  /** What stands around the words. */
  text: string;
}

/** All that is told of it; `low` in small letters. */
export interface Story extends StoryHit {
  low?: string;
}

/** What else a page knows of a place: its name and town, as far as they have come. */
export type PlaceText = (row: number) => string;

const MOST_ACTIVITIES = 4;
const MOST_STORIES = 20;
const AROUND = 12; // characters

export class Activities {
  private readonly named = new Map<string, ActivityHit>();
  private readonly texts = new Map<string, IndexedText>();

  constructor(activities: readonly Activity[], private readonly readings: Readings) {
    for (const { name, kind, row } of activities) {
      const known = this.named.get(name) || { name, kind, rows: [] };
      if (known.rows.indexOf(row) < 0) known.rows.push(row);
      this.named.set(name, known);
    }
  }

  /** Those whose name or kind is asked for, in places of which all else is true. The best first. */
  find({ terms, needs }: Pick<Found, "terms" | "needs">, placeText: PlaceText): ActivityHit[] {
    const kinds = needs.filter(({ need }) => need.kind === "activity_kind");
    const scored: { hit: ActivityHit; score: number }[] = [];
    this.named.forEach((activity) => {
      const scores = terms.map((term) => this.score(activity, term, kinds));
      if (!Math.max(0, ...scores)) return;
      const others = terms.filter((_, at) => !scores[at]);
      const rows = activity.rows.filter((row) => others.every(({ text }) => plain(placeText(row)).text.indexOf(text) >= 0));
      if (rows.length) scored.push({ hit: { ...activity, rows }, score: Math.max(...scores) });
    });
    return scored.sort((one, other) => other.score - one.score || other.hit.rows.length - one.hit.rows.length)
      .slice(0, MOST_ACTIVITIES).map(({ hit }) => hit);
  }

  private score({ name, kind }: ActivityHit, term: Term, kinds: Found["needs"]): number {
    if (term.text.length < 2) return 0;
    let text = this.texts.get(name);
    if (!text) this.texts.set(name, (text = new IndexedText(name, this.readings)));
    const fit = match(text, term);
    // First letters fit too much, unless many were typed.
    if (fit && (term.kind !== "latin" || (fit.score > SCORE.fullStart && text.beginsWord(fit.start)) || (fit.start === 0 && term.text.length > 3))) return fit.score;
    return Number(kinds.some(({ need, word }) => need.name === kind && plain(word).text.indexOf(term.text) >= 0));
  }
}

/** Places of which all terms are told, as they stand. */
export function storiesOf(told: readonly Story[], terms: readonly Term[]): StoryHit[] {
  const asked = terms.map(({ text }) => text);
  if (!asked.length || asked.every((text) => text.length < 2)) return [];
  const found: StoryHit[] = [];
  for (const { row, text, low = text.toLowerCase() } of told) {
    const first = low.indexOf(asked[0]!);
    if (found.length === MOST_STORIES) break;
    if (first < 0 || !asked.every((each) => low.indexOf(each) >= 0)) continue;
    const from = Math.max(first - AROUND, 0);
    const until = first + asked[0]!.length + AROUND;
    found.push({ row, text: (from ? "…" : "") + text.slice(from, until) + (until < text.length ? "…" : "") });
  }
  return found;
}
