// Unpacks columns as haitang/site/exports/columns.py packs them: one text with a line a row, so that a phone loads little before it can
// search. What comes out has the types of directory.ts.

const DAY_MS = 86400000;

/** A column that must hold this many rows; a half-copied file has others. */
export function texts(packed: string, rows: number): string[] {
  if (!rows) return [];
  const lines = packed.split("\n");
  if (lines.length !== rows) throw new Error("columns differ in length");
  return lines;
}

/** Texts that quote the name of their row: a tab, where in the name, how long. */
export function toldBy(names: readonly string[], packed: string): string[] {
  return texts(packed, names.length).map((line, row) =>
    line.replace(/\t(.)(.)/g, (_, at: string, length: string) => names[row]!.substr(parseInt(at, 36), parseInt(length, 36))));
}

/** Texts that differ by their names and figures: a carriage return stands where the row's next figure goes. */
export function patterned(names: readonly string[], packed: { patterns: string; row: string; figures: string }): string[] {
  const patterns = packed.patterns.split("\n");
  const bare = numbers(packed.row).map((pattern) => patterns[pattern]!).join("\n");
  const figures = texts(packed.figures, names.length);
  return toldBy(names, bare).map((text, row) => {
    const own = figures[row]!.split(" ");
    let at = 0;
    return text.replace(/\r/g, () => own[at++]!);
  });
}

/** Telephone numbers: what most begin with, and the rest to the base of 36 with a 1 before it, all of one width. */
export function calls(packed: { start: string; digits: string; others: string }, rows: number): string[] {
  const width = rows ? packed.digits.length / rows : 1;
  const others = packed.others.split("\n");
  const found: string[] = [];
  let other = 0;
  for (let at = 0; at < packed.digits.length; at += width) {
    const digits = packed.digits.substr(at, width);
    const first = digits.charAt(0);
    found.push(first === "-" ? "" : first === "!" ? others[other++]! : packed.start + String(parseInt(digits, 36)).slice(1));
  }
  return found;
}

/** Ids, of which some begin with their head's. */
export function below(heads: readonly string[], packed: string): string[] {
  return texts(packed, heads.length).map((line, row) => (line.charAt(0) === "-" ? heads[row]! + line : line));
}

/** Numbers from -1 on, one after the other. */
export function numbers(packed: string): number[] {
  const found: number[] = [];
  for (let at = 0; at < packed.length; ) {
    const first = packed.charAt(at++);
    const more = first === "y" ? 2 : first === "z" ? 4 : 0;
    found.push(first === "-" ? -1 : parseInt(more ? packed.substr(at, more) : first, 36));
    at += more;
  }
  return found;
}

/** Numbers from the least on, all of one width; null where there is none. */
export function fixed(packed: { from: number; digits: string }, rows: number): (number | null)[] {
  const width = rows ? packed.digits.length / rows : 1;
  const found: (number | null)[] = [];
  for (let at = 0; at < packed.digits.length; at += width) {
    const above = parseInt(packed.digits.substr(at, width), 36);
    found.push(isNaN(above) ? null : packed.from + above);
  }
  return found;
}

/** Sets of numbers in rising order, each a step from the one before. */
export function sets(packed: string, rows: number): number[][] {
  return texts(packed, rows).map((line) => {
    let last = 0;
    return numbers(line).map((step) => (last += step));
  });
}

/** Lists of texts: how many each row has, and all of them as texts told by their row's name. */
export function lists(names: readonly string[], packed: { count: string; all: string }): string[][] {
  const counts = numbers(packed.count);
  const owners: string[] = [];
  counts.forEach((count, row) => {
    for (let left = count; left > 0; left--) owners.push(names[row]!);
  });
  const all = toldBy(owners, packed.all);
  let at = 0;
  return counts.map((count) => all.slice(at, (at += count)));
}

/** Days as YYYY-MM-DD, or empty. */
export function days(packed: { from: string; digits: string }, rows: number): string[] {
  const first = Date.parse(`${packed.from}T00:00:00Z`);
  const width = rows ? packed.digits.length / rows : 1;
  const found: string[] = [];
  for (let at = 0; at < packed.digits.length; at += width) {
    const since = parseInt(packed.digits.substr(at, width), 36);
    found.push(isNaN(since) ? "" : new Date(first + since * DAY_MS).toISOString().slice(0, 10));
  }
  return found;
}
