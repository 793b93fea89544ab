// A text that can be found, made ready step by step: how it is spelt is worked out only once letters are typed, or while
// nothing else is to be done.

import { fuzzyPinyin, type Readings, type Spelling } from "./pinyin";
import { plain } from "./query";

/** All letters of a text as it is usually read, and where each character's begin; one place more than there are characters. */
export interface Letters {
  letters: string;
  at: number[];
  /** The same with like sounds made one. */
  blurred: string;
}

function isLetter(text: string, at: number): boolean {
  return text.charCodeAt(at) < 0x3007; // of plain texts only letters and digits are left before the Chinese characters
}

export class IndexedText {
  readonly plain: string;
  private readonly places: readonly number[] | null;
  private spelt: readonly Spelling[] | null = null;
  private usual: Letters | null = null;
  private startBits = 0;
  private letterBits = 0;

  constructor(readonly written: string, private readonly readings: Readings) {
    const { text, places } = plain(written);
    this.plain = text;
    this.places = places;
  }

  get spellings(): readonly Spelling[] {
    if (!this.spelt) {
      this.spelt = this.readings.of(this.plain);
      for (const spelling of this.spelt) {
        this.startBits |= spelling.starts;
        this.letterBits |= spelling.letters;
      }
    }
    return this.spelt;
  }

  /** First letters of all characters, as bits. */
  get starts(): number {
    return this.spellings && this.startBits;
  }

  /** All letters, as bits. */
  get letters(): number {
    return this.spellings && this.letterBits;
  }

  get read(): Letters {
    if (!this.usual) {
      const at: number[] = [];
      let letters = "";
      for (const { ways } of this.spellings) {
        at.push(letters.length);
        letters += ways[0] || "";
      }
      at.push(letters.length);
      this.usual = { letters, at, blurred: fuzzyPinyin(letters) };
    }
    return this.usual;
  }

  /** Whether a word begins at a place of the plain text: of letters, only behind a blank or a mark. */
  beginsWord(at: number): boolean {
    if (at <= 0 || at >= this.plain.length || !isLetter(this.plain, at) || !isLetter(this.plain, at - 1)) return true;
    return !!this.places && this.places[at]! - this.places[at - 1]! > 1;
  }

  /** From places in the plain text to those in the text as it was written. */
  range(start: number, end: number): [start: number, end: number] {
    if (!this.places) return [start, end];
    return end > start ? [this.places[start]!, this.places[end - 1]! + 1] : [0, 0];
  }

  /** The other way. */
  plainPlace(place: number): number {
    if (!this.places) return place;
    return this.places.filter((each) => each < place).length;
  }
}
