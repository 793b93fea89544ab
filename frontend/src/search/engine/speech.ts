// How people ask: 离我近的厕所 is 厕所, 陆家镇哪里可以打印 is 陆家镇 and 打印. Words that say nothing are taken out, words for what
// one may need are found in what is left. It is asked only where nothing is written as it was typed.

import type { Need } from "../../data/needs";
import { withTiers } from "./tier-names";
import { plain, termsOf, type Term } from "./query";

/** A stretch of what was typed. */
export interface Part {
  text: string;
  /** It is a word for what one may need; else whatever stands between such words. */
  isNeed: boolean;
}

type Said = "need" | "name" | "spoken";

const LEAST_SHARED = 0.5;
const LEAST = 2; // characters of a word, and of what is worth asking for

const HAN = /[\u3400-\u9fff]/;
/** Endings of English words, and what stands there in another form of the word. */
const ENDINGS: readonly [RegExp, readonly string[]][] = [
  [/ies$/, ["y"]], [/([sxz]|ch|sh)es$/, ["$1"]], [/([^s])s$/, ["$1"]], [/(.)\1(?:ing|ed|er)$/, ["$1"]],
  [/(?:ing|ed|er)$/, ["", "e"]], [/(?:ier|ied)$/, ["y"]],
];
const SHORTEST_FORM = 3;

function formsOf(word: string): string[] {
  const forms: string[] = [];
  for (const [ending, others] of ENDINGS) if (ending.test(word)) forms.push(...others.map((other) => word.replace(ending, other)));
  return forms.filter((form) => form.length >= SHORTEST_FORM);
}

/** What texts are compared by where none is written as it was typed: each character, of letters each pair. */
function piecesOf(text: string): string[] {
  return HAN.test(text) ? Array.from(text) : Array.from(text.slice(1), (letter, at) => text.charAt(at) + letter);
}

export class Speech {
  /** All words by their first character, the longest first. */
  private readonly words = new Map<string, { text: string; said: Said }[]>();
  private readonly needs = new Set<string>();
  /** Words that say nothing of what is wanted, where words stand apart. */
  private readonly idle: Set<string>;
  private readonly told: { need: Need; text: string }[] = [];
  private readonly names: ReadonlySet<string>;

  /** `names`, those of the tiers, stand as they are, whatever is in them: 党群服务中心 asks for no 党群服务. */
  constructor(needs: readonly Need[], spoken: readonly string[], names: readonly string[]) {
    for (const need of needs) {
      for (const word of [need.name, ...need.also]) {
        const { text } = plain(word);
        this.needs.add(text);
        this.told.push({ need, text });
        // 社区 and 村 stand in names of places: alone they ask for nothing.
        if (need.kind !== "site_kind" && text.length >= LEAST) this.add(text, "need");
      }
    }
    const words = spoken.join(" ");
    this.idle = new Set(HAN.test(words) ? [] : words.split(/\s+/).map((word) => plain(word).text));
    this.names = new Set(names.map((name) => plain(name).text));
    this.names.forEach((name) => this.add(name, "name"));
    for (const word of spoken) this.add(plain(word).text, "spoken");
    this.words.forEach((own) => own.sort((one, other) => other.text.length - one.text.length));
  }

  private add(text: string, said: Said): void {
    const first = text.charAt(0);
    const own = this.words.get(first) || [];
    if (!own.some((word) => word.text === text)) own.push({ text, said });
    this.words.set(first, own);
  }

  /** Whether a word says nothing of what is wanted. */
  isSpoken(text: string): boolean {
    return (this.words.get(text.charAt(0)) || []).some((word) => word.text === text && word.said === "spoken");
  }

  /** The terms of a query. What scripts or blanks would part stays one where it is a word for a need, 24小时, or a tier. */
  terms(query: string): Term[] {
    const terms = termsOf(query, (word) => this.idle.has(word));
    const { text } = plain(query.normalize("NFC"));
    const telling = terms.map((term) => term.text).join("");
    const [word] = [text, telling].filter((each) => this.needs.has(each));
    return terms.length > 1 && word ? [{ text: word, kind: "han" }] : withTiers(terms, this.names);
  }

  /** A word that is found nowhere, in other forms of it, the likeliest first: of photocopies, photocopy. */
  forms(word: string): string[] {
    return this.idle.size ? formsOf(word) : [];
  }

  /** The need whose words share most characters, or pairs of letters, with what was typed; null where none shares half. */
  nearest(query: string): Need | null {
    const typed = Array.from(new Set(piecesOf(plain(query).text)));
    let best: Need | null = null;
    let most = LEAST_SHARED;
    for (const { need, text } of this.told) {
      const shared = typed.filter((character) => text.indexOf(character) >= 0).length;
      const share = shared < LEAST ? 0 : (2 * shared) / (typed.length + piecesOf(text).length);
      if (share > most) [best, most] = [need, share];
    }
    return best;
  }

  /** What a sentence asks for, one after the other; null where nothing in it is said as people speak. */
  parts(text: string): Part[] | null {
    const parts: Part[] = [];
    let rest = "";
    let left = "";
    let heard = false;
    const flush = (): void => {
      if (rest.length >= LEAST) parts.push({ text: rest, isNeed: false });
      left += rest;
      rest = "";
    };
    for (let at = 0; at < text.length; ) {
      const own = this.words.get(text.charAt(at)) || [];
      const [word] = own.filter((each) => text.startsWith(each.text, at));
      if (!word) {
        rest += text.charAt(at++);
        continue;
      }
      heard = true;
      flush();
      if (word.said !== "spoken" && !parts.some((part) => part.text === word.text)) parts.push({ text: word.text, isNeed: word.said === "need" });
      at += word.text.length;
    }
    flush();
    if (!heard) return null;
    // 洗个澡 is 洗澡, 渴了 is 渴.
    return left && left !== text && this.needs.has(left) ? [{ text: left, isNeed: true }] : parts;
  }
}
