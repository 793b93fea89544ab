// Which blocks may hold what a term finds: the term as the keys it has, in every way it can be read.

import type { Term } from "../engine/query";
import { both, countOf, either, NONE, type Postings, type Ranks } from "./postings";
import type { Syllables } from "./syllables";

/** Fewer blocks than this need not be told apart further. */
const FEW = 16;
const MOST_PAIRS = 4; // that are looked up; who goes on typing has said enough
const CALL = 5; // digits of a telephone number that make a key
const SHORT_CALL = 3; // digits that are looked for in numbers
const LONGEST_SYLLABLE = 6;
const MOST_SYLLABLES = 4; // that are looked up one by one

/** Null: any block may. */
export async function candidates(term: Term, readings: Syllables, postings: Postings): Promise<Ranks | null> {
  if (term.kind === "han") return ofUnits(Array.from(term.text, (character) => readings.known(character)), postings);
  if (term.kind === "latin") return ofLetters(term.text, readings, postings);
  if (term.kind !== "digits") return null;
  if (term.text.length >= SHORT_CALL && term.text.length < CALL) return null; // too many numbers hold them
  const written = ofUnits(Array.from(term.text), postings);
  return term.text.length < CALL ? written : Promise.all([written, ofCall(term.text, postings)]).then(([one, other]) => either(one, other));
}

/** Those with nearly all pairs of the term's characters: taken apart, or with a slip, it is found there if anywhere. `most` pairs
 * may be missing. Null where the term has none to go by. */
export async function nearly(term: Term, most: number, readings: Syllables, postings: Postings): Promise<Ranks | null> {
  const units = term.kind === "han" ? Array.from(term.text, (character) => readings.sound(character))
    : term.kind === "latin" ? syllables(term.text, readings) : [];
  const pairs = units.slice(1).map((unit, at) => [units[at], unit] as const);
  if (pairs.length <= most) return null;
  const found = await Promise.all(pairs.map(([first, next]) => (first && next ? postings.of(first, next) : Promise.resolve(postings.none()))));
  return postings.none().map((_, block) => {
    const missing = found.filter((ranks) => ranks[block] === NONE).length;
    return missing <= most ? missing : NONE;
  });
}

/** The blocks with all pairs of neighbours; a character that stands nowhere in the directory is in none. All pairs are asked for at
 * once: far from a server its next answer takes longer than some kilobytes that the first one might have spared. */
async function ofUnits(units: readonly string[], postings: Postings): Promise<Ranks> {
  if (units.some((unit) => !unit)) return postings.none();
  const first = postings.of(units[0]!, units[1] || "");
  if (units.length < 3) return first;
  const threes = units.slice(2, MOST_PAIRS).map((unit, at) => postings.of(`-${units[at]!.charAt(0)}${units[at + 1]!.charAt(0)}`, unit.charAt(0)));
  const others = units.slice(1, MOST_PAIRS).map((unit, at) => (at + 2 < units.length ? postings.of(unit, units[at + 2]!) : first));
  return (await Promise.all([first, ...others, ...threes])).reduce(both);
}

async function ofCall(digits: string, postings: Postings): Promise<Ranks> {
  let found: Ranks | null = null;
  for (let at = digits.length - CALL; at >= 0 && (!found || countOf(found) > FEW); at--) { // numbers begin alike
    const five = digits.substr(at, CALL);
    const here: Ranks = await postings.of(`=${five.slice(-2)}`, five);
    found = found ? both(found, here) : here;
  }
  return found || postings.none();
}

/** What a character can be: a whole syllable, a first letter (of zh, ch, sh both), and where it ends. */
interface First {
  unit: string;
  whole: boolean;
  end: number;
}

/** All that the first character of these letters can be. */
function firsts(letters: string, readings: Syllables): First[] {
  const found: First[] = [{ unit: letters.charAt(0), whole: false, end: 1 }];
  if (/^[zcs]h/.test(letters)) found.push({ unit: letters.charAt(0), whole: false, end: 2 });
  for (let end = 1; end <= Math.min(LONGEST_SYLLABLE, letters.length); end++) {
    if (readings.has(letters.slice(0, end))) found.push({ unit: letters.slice(0, end), whole: true, end });
  }
  return found;
}

/** Letters are first letters, whole syllables and the beginning of a last one, in any mixture: whatever the first ones can be.
 * What follows has to be there too. */
async function ofLetters(letters: string, readings: Syllables, postings: Postings, depth = 1): Promise<Ranks> {
  const alone = readings.with(letters);
  const short = letters.length === 1 || alone.length > MOST_SYLLABLES;
  const single = short ? [[`-${letters.charAt(0)}`, ""] as Key] : alone.map((syllable): Key => [syllable, ""]);
  const begun = firsts(letters, readings).map(async (first): Promise<Ranks> => {
    const rest = letters.slice(first.end);
    const keys = keysOf(first, rest, readings, postings);
    const further = depth && rest.length > 2 && keys.length ? ofLetters(rest, readings, postings, depth - 1) : null;
    const [here, behind] = await Promise.all([any(keys, postings), further]);
    return behind ? both(here, behind) : here;
  });
  return (await Promise.all([any(single, postings), ...begun])).reduce(either);
}

type Key = [first: string, following: string];

/** The keys of a text in which these letters stand behind that character. */
function keysOf({ unit, whole }: First, rest: string, readings: Syllables, postings: Postings): Key[] {
  const goesOn = (letters: string): boolean => postings.has(`-${letters.charAt(0)}`);
  if (!rest || !goesOn(rest)) return [];
  const next = firsts(rest, readings);
  const last = readings.with(rest);
  const byLetter = next.some((one) => !one.whole && one.end < rest.length && goesOn(rest.slice(one.end)));
  // Only a whole syllable behind a whole one tells more than first letters do.
  if (whole && !byLetter) return Array.from(new Set([...next.filter((one) => one.whole).map((one) => one.unit), ...last]), (one): Key => [unit, one]);
  const letter = `-${unit.charAt(0)}`;
  if (last.length || next.some((one) => one.end === rest.length)) return [[letter, rest.charAt(0)]];
  return next.filter((one) => goesOn(rest.slice(one.end))).map((one): Key => [letter + one.unit.charAt(0), rest.charAt(one.end)]);
}

async function any(keys: readonly Key[], postings: Postings): Promise<Ranks> {
  const found = await Promise.all(keys.map(([first, following]) => postings.of(first, following)));
  return found.reduce(either, postings.none());
}

/** Letters as whole syllables, the longest first; what is no syllable is left out. */
function syllables(letters: string, readings: Syllables): string[] {
  const found: string[] = [];
  for (let at = 0; at < letters.length; ) {
    let length = Math.min(LONGEST_SYLLABLE, letters.length - at);
    while (length > 1 && !readings.has(letters.substr(at, length))) length--;
    found.push(letters.substr(at, length));
    at += length;
  }
  return found;
}
