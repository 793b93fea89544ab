// The search: a query's terms against everything that can be found, in the order a visitor expects. Pure: no page is needed.

import { STATUSES, type Facts, type Places } from "../../data/directory";
import { NO_VOCABULARY, type Vocabulary } from "../../data/needs";
import { tiers } from "../../data/tiers";
import { allNames } from "./tier-names";
import { ADDRESS, BAND, emptyAnswer, GROUPS, isFound, NAME, note, PHONE, put, RowHit, together, type Answer, type Hit, type Mark } from "./answer";
import type { IndexedText } from "./indexed-text";
import { match, matchSimilar, SCORE, matchFuzzy, type Fit } from "./match";
import { fuzzyPinyin, Readings, type PackedReadings } from "./pinyin";
import { needHit, needHits, noteSlip, type NeedHit } from "./need-match";
import { matchPinyin } from "./pinyin-match";
import { PrefixCache } from "./prefix-cache";
import { plain, termsOf, type Term } from "./query";
import { segment, type Segment } from "./segmentation";
import { sourcesOf, type ChipCounts, type ChipKind, type Source } from "./sources";
import { Speech } from "./speech";

export type { ChipKind } from "./sources";
export { GROUPS, type Group, type Hit, type Mark } from "./answer";

export interface Chip {
  kind: ChipKind;
  /** In the list of towns, tiers, services, facilities or brands. */
  index: number;
  /** Of the page of a town, tier or brand; empty for services and facilities. */
  id: string;
  name: string;
  count: number;
}

export interface Found {
  /** Shown before all places. */
  needs: NeedHit[];
  hits: Hit[];
  chips: Chip[];
  /** How it is spelt, where nothing is written as it was typed. */
  nearest: string | null;
  /** What was looked for, as it was understood. */
  terms: readonly Term[];
}

/** What a search may be given besides places, facts and how they are read. */
export interface Extras {
  readings?: Readings;
  /** Of the whole directory, where places and facts are a part of it. */
  counts?: ChipCounts;
  /** Texts that are made ready already. */
  texts?: Map<string, IndexedText>;
  vocabulary?: Vocabulary;
}

const NOTHING: Found = { needs: [], hits: [], chips: [], nearest: null, terms: [] };
const MOST_CHIPS = 6;
/** Whoever asks for 找工作 does not mean 党建工作: what is needed is never guessed by its sound. */
const UNHEARD = ["service", "facility", "site_kind", "activity_kind", "hours"];
const CALL_DIGITS = 3; // that make a number worth looking for
// Hits are sorted as numbers: group, score, tier and row in one.
const BANDS = 8192;
const ROWS = 1048576;

export class Search {
  private readonly sources: Source[];
  private readonly names: Source[];
  readonly readings: Readings;
  readonly vocabulary: Vocabulary;
  private readonly addresses: string[];
  private readonly phones: string[];
  /** Tier and row as one number: what orders hits that are equal. */
  private readonly order: number[];
  private readonly prefixes: PrefixCache;
  private readonly speech: Speech;
  /** All everyday words, so that most terms need not be held against each. */
  private readonly words: string;
  private warmed = 0;

  constructor(readonly places: Places, readonly facts: Facts, packed: PackedReadings, extras: Extras = {}) {
    this.readings = extras.readings || new Readings(packed);
    this.vocabulary = extras.vocabulary || NO_VOCABULARY;
    const { needs, spoken } = this.vocabulary;
    this.speech = new Speech(needs, spoken, allNames(packed.tiers));
    const told = { packed, readings: this.readings, counts: extras.counts || null, texts: extras.texts || new Map<string, IndexedText>(), needs };
    this.sources = sourcesOf(places, facts, told);
    this.words = this.sources.filter(({ need, extra }) => need && extra).map(({ text }) => text.plain).join("\n");
    this.prefixes = new PrefixCache(this.sources.length);
    this.names = this.sources.filter((source) => source.field === "name");
    this.addresses = facts.address.map((address) => plain(address).text);
    this.phones = facts.phone.map((phone) => phone.replace(/[^0-9]/g, ""));
    this.order = places.tier.map((tier, row) => tier * ROWS + row);
  }

  find(query: string): Found {
    const typed = this.speech.terms(query);
    if (!typed.length) return NOTHING;
    const { terms, answers } = this.answers(typed);
    if (!terms.length) return NOTHING; // nothing was said but how people ask
    const hits = this.hits(terms, answers);
    const nearest = answers.some((answer) => answer.nearest !== null)
      ? answers.map((answer, at) => answer.nearest || terms[at]!.text).join(" ")
      : null;
    return { needs: needHits(answers, hits), hits, chips: this.chips(answers), nearest, terms };
  }

  /** What was typed, without what says nothing of what is wanted. */
  termsOf(query: string): Term[] {
    return this.speech.terms(query);
  }

  /** Whether a term, as `termsOf` gives it, is found as it stands. */
  holds(written: string): boolean {
    return termsOf(written).every((term) => {
      return isFound(this.answer(term));
    });
  }

  /** The need that is most like what was typed, for where nothing is found; never by its sound. */
  nearestNeed(query: string): NeedHit | null {
    const need = this.speech.nearest(query);
    const [source] = this.sources.filter((each) => each.need !== null && each.need === need);
    return source ? needHit(source, "name", source.need!.name) : null;
  }

  /** What to show before anything is typed: the towns that have places, most first, and the tiers. */
  browse(): Chip[] {
    const chips = this.sources
      .filter((source) => !source.extra && (source.field === "town" || source.field === "tier") && source.count > 0)
      .map((source) => this.chip(source));
    const towns = chips.filter((chip) => chip.kind === "town").sort((one, other) => other.count - one.count);
    return towns.concat(chips.filter((chip) => chip.kind === "tier"));
  }

  /** Works out how texts are spelt for a few milliseconds; false once nothing is left. The first letter then costs no more
   * than the others. */
  warm(milliseconds: number): boolean {
    const until = Date.now() + milliseconds;
    while (this.warmed < this.sources.length) {
      void this.sources[this.warmed++]!.text.read;
      if (this.warmed % 50 === 0 && Date.now() > until) return true;
    }
    return false;
  }

  /** What each term finds; terms that find nothing are taken apart first, and only then for misspelt. */
  private answers(typed: readonly Term[]): { terms: Term[]; answers: Answer[] } {
    const terms: Term[] = [];
    const answers: Answer[] = [];
    for (const term of typed) {
      const whole = this.written(term);
      const parts = isFound(whole) ? null : this.parts(term) || this.spoken(term);
      parts?.forEach(({ term: part, answer }) => {
        terms.push(part);
        answers.push(answer);
      });
      if (parts) continue;
      terms.push(term);
      answers.push(this.almost(term, whole));
    }
    if (!answers.some(({ needs }) => needs.size) || answers.every(isFound)) return { terms, answers };
    return { terms: terms.filter((_, at) => isFound(answers[at]!)), answers: answers.filter(isFound) };
  }

  /** A term as it stands, else in the first other form of the word that is found. */
  private written(term: Term): Answer {
    const answer = this.answer(term);
    if (isFound(answer) || term.kind !== "latin") return answer;
    for (const text of this.speech.forms(term.text)) {
      const other = this.answer({ text, kind: "latin" });
      if (isFound(other)) return other;
    }
    return answer;
  }

  /** Letters are cut only behind a town, a service and the like: nearly every other cut would fit something. */
  private parts(term: Term): Segment<Answer>[] | null {
    const leads = (head: string): boolean => term.kind === "han" ? !this.speech.isSpoken(head) : this.sources.some((source) => {
      const found = source.index >= 0 && !(source.need && source.extra) ? matchPinyin(source.text, head) : null;
      return !!found && !found.start && !found.initials;
    });
    return segment(term, (part) => this.answer(part), leads, together);
  }

  /** An everyday sentence as what it asks for; null where it is none. */
  private spoken(term: Term): Segment<Answer>[] | null {
    const heard = term.kind === "han" ? this.speech.parts(term.text) : null;
    if (!heard) return null;
    const parts = heard.map(({ text, isNeed }) => ({ isNeed, term: { text, kind: "han" as const }, answer: this.answer({ text, kind: "han" }) }));
    if (!parts.some(({ isNeed }) => isNeed)) return parts.every(({ answer }) => isFound(answer)) ? parts : null;
    // What stands beside a need is a place or a town, or says nothing that we know.
    return parts.filter(({ isNeed, answer }) => isNeed || ((answer.count > 0 || answer.chips.size > 0) && !answer.needs.size));
  }

  private answer(term: Term): Answer {
    const answer = emptyAnswer(this.places.id.length);
    const isNoWord = term.kind !== "latin" && this.words.indexOf(term.text) < 0;
    const fitting = this.prefixes.candidates(term.text).filter((at) => {
      const source = this.sources[at]!;
      if (isNoWord && source.need && source.extra) return false;
      const fit = match(source.text, term);
      if (fit) note(answer, source, at, term, fit);
      return fit !== null;
    });
    this.prefixes.remember(term.text, fitting);
    this.numbers(term, answer);
    return answer;
  }

  private almost(term: Term, answer: Answer): Answer {
    if (isFound(answer)) return answer;
    this.nearly(answer, (source) => matchSimilar(source.text, term, this.readings), term.kind === "latin" ? term : null);
    if (!answer.count && term.kind === "latin" && term.text.length > 1) {
      const sounds = fuzzyPinyin(term.text);
      this.nearly(answer, (source) => matchFuzzy(source.text, sounds));
    }
    return answer;
  }

  /** Telephone numbers, and addresses as they stand. */
  private numbers(term: Term, answer: Answer): void {
    const asked = term.text;
    const call = term.kind === "digits" && asked.length >= CALL_DIGITS;
    for (let row = 0; row < this.addresses.length; row++) {
      if (answer.keys[row]! >= 2 * BAND) continue;
      if (call && this.phones[row]!.indexOf(asked) >= 0) put(answer, row, BAND + SCORE.start, PHONE);
      else if (this.addresses[row]!.indexOf(asked) >= 0) put(answer, row, BAND + SCORE.initialInside, ADDRESS);
    }
  }

  /** The last resort, asked only when nothing is written as the term is. */
  private nearly(answer: Answer, ask: (source: Source) => Fit | null, slipped: Term | null = null): void {
    let best = 0;
    this.sources.forEach((source, at) => {
      const isHeard = UNHEARD.indexOf(source.field) < 0;
      const fit = isHeard || slipped ? ask(source) : null;
      if (!fit) return;
      if (slipped) noteSlip(answer.needs, source, slipped, fit);
      if (!isHeard && !(source.need && answer.needs.has(source.need))) return;
      if (source.index >= 0 && !source.extra) answer.chips.set(source, fit.score);
      if (source.field !== "tier") for (const row of source.rows) put(answer, row, fit.score, source.field === "name" ? NAME : at);
      if (fit.score > best) {
        best = fit.score;
        const [start, end] = source.text.range(fit.start, fit.end);
        answer.nearest = source.index >= 0 ? source.text.written : source.text.written.slice(start, end);
      }
    });
  }

  private hits(terms: readonly Term[], answers: readonly Answer[]): Hit[] {
    const count = this.places.id.length;
    const keys = new Float64Array(count);
    let found = 0;
    for (let row = 0; row < count; row++) {
      const sum = together(answers, row);
      if (!sum) continue;
      const status = STATUSES[this.facts.status[row]!]!;
      const group = status === "closed" || status === "merged" ? GROUPS.length - 1 : sum.group;
      keys[found++] = (group * BANDS + BANDS - 1 - sum.score) * 8 * ROWS + this.order[row]!;
    }
    return Array.from(keys.subarray(0, found).sort(), (key) => {
      const row = key % ROWS;
      const rank = Math.floor(key / (8 * ROWS));
      const group = GROUPS[Math.floor(rank / BANDS)]!;
      return new RowHit(row, BANDS - 1 - (rank % BANDS), group, this, terms, answers);
    });
  }

  /** What a hit owes to something else than its name and its town. */
  noteOf(row: number, terms: readonly Term[], answers: readonly Answer[]): string {
    for (let which = 0; which < answers.length; which++) {
      const at = answers[which]!.from[row]!;
      if (at === PHONE) return this.facts.phone[row]!;
      if (at === ADDRESS) return this.facts.address[row]!;
      const { field, text, need } = this.sources[at] || this.names[row]!;
      if (field === "name" || field === "town" || field === "area" || field === "tier") continue;
      if (!match(this.names[row]!.text, terms[which]!)) return need ? need.name : text.written;
    }
    return "";
  }

  /** Where the terms stand in a name, or nearly so if that is all; overlapping ranges are joined. */
  marksOf(row: number, terms: readonly Term[], almost: boolean): Mark[] {
    const { text } = this.names[row]!;
    const marks: Mark[] = [];
    for (const term of terms) {
      const fit = match(text, term) ||
        (almost && (matchSimilar(text, term, this.readings) || (term.kind === "latin" && matchFuzzy(text, fuzzyPinyin(term.text)))));
      if (fit) marks.push(text.range(fit.start, fit.end));
    }
    marks.sort((one, other) => one[0] - other[0]);
    return marks.reduce<Mark[]>((joined, mark) => {
      const last = joined[joined.length - 1];
      if (last && mark[0] <= last[1]) last[1] = Math.max(last[1], mark[1]);
      else joined.push(mark);
      return joined;
    }, []);
  }

  private chips(answers: readonly Answer[]): Chip[] {
    const scores = new Map<string, { source: Source; score: number }>();
    for (const answer of answers) {
      answer.chips.forEach((score, source) => {
        const key = `${source.field} ${source.index}`;
        const known = scores.get(key);
        if (!known || known.score < score) scores.set(key, { source, score });
      });
    }
    return Array.from(scores.values())
      .sort((one, other) => other.score - one.score || other.source.count - one.source.count)
      .slice(0, MOST_CHIPS)
      .map(({ source }) => this.chip(source));
  }

  private chip({ field, index, count }: Source): Chip {
    const kind = field as ChipKind;
    const { towns } = this.places;
    const { serviceNames, facilityNames, brandNames } = this.facts;
    const tier = this.sources.filter((source) => source.field === "tier" && source.index === index)[0];
    const [id, name] = kind === "town" ? [towns[index]!.id, towns[index]!.name]
      : kind === "brand" ? [brandNames[index]!.id, brandNames[index]!.name]
      : kind === "tier" ? [tiers().id[index]!, tier!.text.written]
      : ["", (kind === "service" ? serviceNames : facilityNames)[index]!];
    return { kind, index, id, name, count };
  }
}
