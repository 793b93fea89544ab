// What keys are made of: how a character is read, and which letters are a syllable.

import type { PackedReadings, Readings } from "../engine/pinyin";

export class Syllables {
  private readonly all = new Set("abcdefghijklmnopqrstuvwxyz0123456789".split("")); // as such they stand in names, too

  constructor(private readonly readings: Readings, packed: PackedReadings) {
    const told = `${packed.usual.replace(/[^a-z\n]/g, "")}\n${packed.others.replace(/[^a-z]+/g, "\n")}`;
    for (const syllable of told.split("\n")) {
      if (!syllable) continue;
      this.all.add(syllable);
      this.all.add(syllable.replace(/(.)v/, "$1u")); // as whoever does not know types it
    }
  }

  /** How a character of the directory is read most often, and a letter or digit as itself; empty for any other. */
  known(character: string): string {
    return this.readings.has(character) ? this.readings.of(character)[0]!.ways[0] || "" : "";
  }

  /** The same also for one that stands nowhere in the directory. */
  sound(character: string): string {
    return this.readings.heard(character)[0]!.ways[0] || "";
  }

  has(letters: string): boolean {
    return this.all.has(letters);
  }

  /** Those that begin so. */
  with(letters: string): string[] {
    return Array.from(this.all).filter((syllable) => syllable.indexOf(letters) === 0);
  }
}
