// What was typed, as terms. Pure: no page is needed.

/** Chinese characters, with those of compatibility blocks and the halves of rare ones. */
const HAN = "\\u3007\\u3400-\\u9fff\\uf900-\\ufaff\\ud840-\\udfff";
const EASY = new RegExp(`^[${HAN}a-z0-9]*$`);
const RUNS = new RegExp(`[${HAN}]+|[a-z0-9]+`, "g");
const ONLY_HAN = new RegExp(`^[${HAN}]+$`);
/** What NFKC leaves of blanks, marks and the invisible: nobody types the quotation marks of a name. */
const MARKS = /[\u0000-\u002f:-@[-`{-\u00bf\u00d7\u00f7\u2000-\u206f\u2190-\u245f\u2500-\u27bf\u2e00-\u2e7f\u3000-\u3006\u3008-\u303f\ufe10-\ufe6f\ufeff]/g;
const TONES = /[\u0300-\u036f]/g;
/** Letters of their own that no keyboard abroad has, and that Unicode does not take apart. */
const WHOLE_LETTERS: Readonly<Record<string, string>> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };
const MOST_TERMS = 6;
const LONGEST_TERM = 40;

/** A text as it is compared: NFKC, lower case, no tone marks, no other marks, nothing invisible. */
export interface Plain {
  text: string;
  /** Where each of its units stands in the text as it was written; null where they stand in the same place. */
  places: readonly number[] | null;
}

let script: ReadonlyMap<string, string> | null = null;

/** From here on every text is compared in the characters that these are taken for. */
export function compareIn(characters: ReadonlyMap<string, string>): void {
  script = characters;
}

export function plain(written: string): Plain {
  if (EASY.test(written)) return { text: script ? Array.from(written, inScript).join("") : written, places: null };
  let text = "";
  const places: number[] = [];
  let same = true;
  let at = 0;
  for (const character of Array.from(written)) {
    const said = plainCharacter(character);
    same = same && said.length === character.length;
    for (let unit = 0; unit < said.length; unit++) places.push(Math.min(at + unit, at + character.length - 1));
    text += said;
    at += character.length;
  }
  return { text, places: same ? null : places };
}

function inScript(character: string): string {
  return (script && script.get(character)) || character;
}

function plainCharacter(character: string): string {
  const small = inScript(character).normalize("NFKC").toLowerCase();
  const folded = WHOLE_LETTERS[small] || small;
  return folded.normalize("NFD").replace(/u\u0308/g, "v").replace(TONES, "").normalize("NFC").replace(MARKS, "");
}

export type Kind = "han" | "latin" | "digits" | "other";

export interface Term {
  text: string;
  kind: Kind;
}

/** All terms must be found. Scripts part terms as blanks do: `陆家lj` is 陆家 and lj. Marks count only where nothing else is, and
 * so do words that are `idle`. */
export function termsOf(query: string, idle: (word: string) => boolean = () => false): Term[] {
  const all: Term[] = [];
  for (const word of query.normalize("NFC").split(/\s+/)) {
    const { text } = plain(word);
    for (const run of text.match(RUNS) || [text || word]) {
      const cut = run.slice(0, LONGEST_TERM);
      if (cut && !all.some((term) => term.text === cut)) all.push({ text: cut, kind: kindOf(cut) });
    }
  }
  const spoken = all.filter((term) => term.kind !== "other");
  const telling = spoken.filter((term) => !idle(term.text));
  return [telling, spoken, all].filter((some) => some.length)[0]?.slice(0, MOST_TERMS) || [];
}

function kindOf(run: string): Kind {
  return ONLY_HAN.test(run) ? "han" : /^[0-9]+$/.test(run) ? "digits" : /^[a-z0-9]+$/.test(run) ? "latin" : "other";
}
