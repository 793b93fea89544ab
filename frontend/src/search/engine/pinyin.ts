// How characters are read: data/readings.js, made by haitang/site/exports/search/browser_pinyin.py.

import { plain } from "./query";

export interface PackedReadings {
  /** A syllable and the characters usually read so, a line each; without those whose reading `common` tells. */
  usual: string;
  /** A character and its other readings. */
  others: string;
  /** A place, a reading, and the stretch of text in which the character at that place is read so. */
  phrases: string;
  /** Full names of towns that lists call by a shorter one. */
  towns: string[];
  /** Names of the tiers, in their order, without `unknown`. */
  tiers: string[];
  /** How the characters of GB 2312's first level are read, in their order: a syllable and how many are read so. */
  common: string;
}

/** All ways to spell one character; the first is how it is read here. Letters and digits spell themselves, marks nothing. */
export interface Spelling {
  ways: readonly string[];
  /** First letters of all ways, as bits. */
  starts: number;
  /** All letters of all ways, as bits. */
  letters: number;
}

interface Phrase {
  stretch: string;
  place: number;
  spelling: Spelling;
}

/** One bit a letter, and one for all digits. */
export function bitOf(letter: string): number {
  const code = letter.charCodeAt(0);
  return code >= 97 && code <= 122 ? 1 << (code - 97) : code >= 48 && code <= 57 ? 1 << 26 : 0;
}

export function bitsOf(letters: string): number {
  let bits = 0;
  for (let at = 0; at < letters.length; at++) bits |= bitOf(letters.charAt(at));
  return bits;
}

function spelling(ways: readonly string[]): Spelling {
  const all = new Set(ways);
  // ü is typed as v, and as u by whoever does not know.
  for (const way of ways) if (way.indexOf("v") > 0) all.add(way.replace("v", "u"));
  const spelt = Array.from(all);
  return { ways: spelt, starts: bitsOf(spelt.map((way) => way.charAt(0)).join("")), letters: bitsOf(spelt.join("")) };
}

const SILENT: Spelling = { ways: [], starts: 0, letters: 0 };

export class Readings {
  private readonly spellings = new Map<string, Spelling>();
  private readonly phrases = new Map<string, Phrase[]>();
  private last: { term: string; spellings: readonly Spelling[] } = { term: "", spellings: [] };
  private common: Map<string, Spelling> | null = null;

  private readonly others = new Map<string, string[]>();

  constructor(private readonly packed: PackedReadings) {
    const { others } = this;
    for (const line of lines(packed.others)) others.set(line.charAt(0), line.slice(1).split(" "));
    for (const line of lines(packed.usual)) {
      const syllable = /^[a-z]+/.exec(line)![0];
      for (const character of line.slice(syllable.length)) {
        this.spellings.set(character, spelling([syllable, ...(others.get(character) || [])]));
      }
    }
    for (const line of lines(packed.phrases)) this.addPhrase(line);
    for (const letter of "abcdefghijklmnopqrstuvwxyz0123456789") this.spellings.set(letter, spelling(letter === "v" ? ["v", "u"] : [letter])); // Zürich is zvrich, and nobody types it so
  }

  private addPhrase(line: string): void {
    const [at, syllable] = line.split(" ") as [string, string];
    const { text: stretch, places } = plain(line.slice(at.length + syllable.length + 2));
    const place = places ? places.indexOf(Number(at)) : Number(at);
    const character = stretch.charAt(place);
    const usual = this.known(character);
    if (!usual) return;
    const known = this.phrases.get(character) || [];
    known.push({ stretch, place, spelling: spelling([syllable, ...usual.ways.filter((way) => way !== syllable)]) });
    known.sort((one, other) => other.stretch.length - one.stretch.length);
    this.phrases.set(character, known);
  }

  /** The spellings of a plain text's units. */
  of(text: string): Spelling[] {
    const found: Spelling[] = [];
    for (let at = 0; at < text.length; at++) {
      const character = text.charAt(at);
      const phrases = this.phrases.get(character);
      found.push((phrases && within(phrases, text, at)) || this.known(character) || SILENT);
    }
    return found;
  }

  /** Whether the directory's own table has a character; over blocks it has all that stand anywhere. */
  has(character: string): boolean {
    return this.spellings.has(character);
  }

  private known(character: string): Spelling | undefined {
    return this.spellings.get(character) || this.typed(character);
  }

  /** A common character. The browser knows these 3,755 itself, in the order of their sounds, so that only the sounds need to
   * travel. */
  private typed(character: string): Spelling | undefined {
    if (!this.common) {
      this.common = new Map();
      const characters = firstLevel();
      let at = 0;
      for (const [, syllable, count] of allMatches(/([a-z]+)([0-9]+)/g, characters ? this.packed.common : "")) {
        const read = spelling([syllable!]);
        for (const end = at + Number(count); at < end; at++) {
          const others = this.others.get(characters.charAt(at));
          this.common.set(characters.charAt(at), others ? spelling([syllable!, ...others]) : read);
        }
      }
    }
    return this.common.get(character);
  }

  /** How the characters of a term sound, whether they stand in the directory or not. Asked for text after text: remembered. */
  heard(term: string): readonly Spelling[] {
    if (this.last.term !== term) {
      const spellings = Array.from(term, (character) => this.known(character) || SILENT);
      this.last = { term, spellings };
    }
    return this.last.spellings;
  }
}

function within(phrases: readonly Phrase[], text: string, at: number): Spelling | null {
  for (const { stretch, place, spelling: read } of phrases) {
    if (at >= place && text.startsWith(stretch, at - place)) return read;
  }
  return null;
}

function lines(packed: string): string[] {
  return packed ? packed.split("\n") : [];
}

/** The characters of GB 2312's first level: rows 16 to 55 of 94, the last one short of five. */
function firstLevel(): string {
  const bytes: number[] = [];
  for (let cell = 0; cell < 40 * 94 - 5; cell++) bytes.push(0xb0 + Math.floor(cell / 94), 0xa1 + (cell % 94));
  try {
    return new TextDecoder("gbk").decode(new Uint8Array(bytes));
  } catch (_) {
    return ""; // a browser without that encoding guesses a little less
  }
}

function allMatches(pattern: RegExp, text: string): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) found.push(match);
  return found;
}

/** Sounds that many in the south do not tell apart made one: z/zh, c/ch, s/sh, n/l, an/ang, en/eng, in/ing. */
export function fuzzyPinyin(letters: string): string {
  return letters.replace(/([zcs])h/g, "$1").replace(/ng/g, "n").replace(/n(?=[aeiouv])/g, "l");
}
