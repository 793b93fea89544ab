// Marks that name the sources of sentences, as haitang/model/citations reads them: a mark is well only where nobody can doubt it. Pure.

const STOP = "。！？；…!?;.";
const CLOSER = "”’」』）》〉】)\"'*_";
const MARKS = "(?:\\[\\^[1-9]\\d{0,2}\\])+";
const BEHIND_SENTENCE = new RegExp(`([${STOP}][${CLOSER}]*)(${MARKS})`, "g");
const AT_LINE_END = new RegExp(`([^\\s])(${MARKS})(?=[${CLOSER}]*[ \\t]*(?:\\n|$))`, "g");
const OPEN = "[\\[［【〔]";
const CLOSE = "[\\]］】〕]";
const CARET = "[\\^＾ˆ]";
const LIKE_A_MARK = new RegExp(`${OPEN}\\s?${CARET}|${CARET}${OPEN}`);
const NUMBER = `${OPEN}(?:来源|出处|注)?\\s?\\d{1,2}\\s?${CLOSE}`;
const BARE_NUMBER = new RegExp(NUMBER);
const NUMBERED_LINES = new RegExp(`^[ \\t\\u3000]*(?:[-*+][ \\t]+)?${OPEN}\\d{1,2}${CLOSE}`, "m"); // then those in the text may refer to these

/** Whether all that looks like a mark is one, and stands where one may. */
export function marksAreSound(text: string, cited: boolean): boolean {
  if (!cited) return !LIKE_A_MARK.test(text);
  const rest = text.replace(BEHIND_SENTENCE, once).replace(AT_LINE_END, once);
  return !LIKE_A_MARK.test(rest) && (NUMBERED_LINES.test(rest) || !BARE_NUMBER.test(rest));
}

/** Without the marks behind it, where none of them stands there twice. */
function once(whole: string, before: string, marks: string): string {
  const numbers = marks.match(/\d+/g) ?? [];
  return new Set(numbers).size === numbers.length ? before : whole;
}
