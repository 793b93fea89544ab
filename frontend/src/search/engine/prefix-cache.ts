// Whoever types on narrows what was found: a text that does not fit `luj` does not fit `lujia` either.

const MOST = 12;

/** Remembers which of many things each of the last words fitted. */
export class PrefixCache {
  private known: { word: string; fitting: readonly number[] }[] = [];
  private readonly all: readonly number[];

  constructor(count: number) {
    this.all = Array.from({ length: count }, (_, at) => at);
  }

  /** Those that may fit a word: what fitted the longest known beginning of it. */
  candidates(word: string): readonly number[] {
    let best = { word: "", fitting: this.all };
    for (const each of this.known) if (each.word.length > best.word.length && word.startsWith(each.word)) best = each;
    return best.fitting;
  }

  remember(word: string, fitting: readonly number[]): void {
    this.known = [{ word, fitting }, ...this.known.filter((each) => each.word !== word)].slice(0, MOST);
  }
}
