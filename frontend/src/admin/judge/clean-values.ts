// What was left empty is not written: a box that was opened and left is no answer. Pure.

interface Collection {
  size?: number;
  length?: number;
  map(change: (value: unknown) => unknown): Collection;
  filter(isKept: (value: unknown) => boolean): Collection;
}

// What nobody sees and our reader refuses (HIDDEN in haitang/core/decoding.py): it comes along when text is copied from a web page.
const LINE_ENDS = /[\u000b\u000c\u0085\u2028\u2029]/g;
const HIDDEN = new RegExp(
  "[\\x00-\\x08\\x0e-\\x1f\\x7f-\\x9f\\xad\\u034f\\u061c\\u115f\\u1160\\u180e\\u200b\\u200c\\u200e\\u200f\\u202a-\\u202e" +
  "\\u2060-\\u2064\\u2066-\\u206f\\u3164\\uffa0\\ufeff\\ufff9-\\ufffc\\ufffe\\uffff\\u{d800}-\\u{dfff}\\u{e0000}-\\u{e007f}]" +
  "|\\u200d(?![\\u2600-\\u27bf\\u{1f000}-\\u{1faff}])",
  "gu",
);

/** The value without empty texts, lists and groups in it; undefined where nothing is left. Blanks around
 * a text go, and characters nobody sees. Takes arrays
 * and the editor's own trees. */
export function cleaned(value: unknown): unknown {
  if (typeof value === "string") return value.replace(LINE_ENDS, " ").replace(HIDDEN, "").trim() || undefined;
  if (!isCollection(value)) return value ?? undefined;
  const kept = value.map(cleaned).filter((inner) => inner !== undefined);
  return (kept.size ?? kept.length) ? kept : undefined;
}

function isCollection(value: unknown): value is Collection {
  return typeof value === "object" && value !== null && "map" in value && "filter" in value;
}
