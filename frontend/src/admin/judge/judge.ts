// What the form finds wrong with an entry before it is saved, by the rules that haitang/site/form_editor/rules.py compiles from the
// model: as strict as `check` for each field by itself, or stricter. Pure.

import { appOf, readCoordinates } from "./pasted-coordinates";
import { cleaned } from "./clean-values";
import { marksAreSound } from "./marks";
import { isDay, plainHours, plainWhen, type TimeWords } from "./plain-times";

export interface Rule {
  label: string;
  kind: string;
  required?: 1;
  shape?: string;
  words?: 1; // no numbers of a point
  cited?: 1; // sentences may name their sources
  choices?: string[];
  ahead?: string[]; // a date that lies behind us; with these states it may lie ahead
  item?: Rule;
  parts?: Rules;
  least?: number;
  most?: number;
}

export type Rules = { [name: string]: Rule };

export interface RuleBook {
  kinds: { [kind: string]: Rules };
  shapes: { [name: string]: [string, string] }; // what fits, and what is said to what does not
  unknown: { words: string[]; closers: string; saying: string; blanks: string; repeated: string; named: string };
  spoken: { [sign: string]: string }; // 一 is 1
  personal: [string, string][]; // with the code of what is said
  garbled: string;
  times: TimeWords;
  known: { [kind: string]: string }; // digests of five letters
  timezone: string;
  says: { [key: string]: string };
}

export type Path = (string | number)[];

export interface Fault {
  path: Path;
  says: string;
}

/** Who judges: with a server behind the form, that one reads times and knows all ids. */
export interface Judge {
  book: RuleBook;
  served: boolean;
  today: string; // as 2026-03-08
}

/** What is known of the entry around a value. */
export interface Around {
  status?: unknown;
  isNew?: boolean;
  alone?: true; // nothing is known but the value
  kind: string;
}

/** The day where the directory is. */
export function todayIn(timezone: string, now: Date): string {
  return now.toLocaleDateString("sv-SE", { timeZone: timezone });
}

/** The rule at `position.photos.alt`: of a list of single values, that of its items. */
export function ruleAt(book: RuleBook, address: string): Rule | undefined {
  const [kind, ...steps] = address.split(".") as [string, ...string[]];
  let rules: Rules | undefined = book.kinds[kind];
  let rule: Rule | undefined;
  for (const step of steps) {
    rule = rules?.[step];
    rules = rule?.parts ?? rule?.item?.parts;
  }
  return rule;
}

/** Everything wrong with an entry. `file` is where it lies, if it does already. */
export function judgeEntry(judge: Judge, kind: string, data: { [name: string]: unknown }, file?: string): Fault[] {
  const around = { kind, status: data.status, isNew: !file };
  const faults = judgeParts(judge, judge.book.kinds[kind] ?? {}, data, around, []);
  return file ? [...faults, ...misplaced(judge, data, file)] : faults;
}

/** An entry's name and town are its file's. */
function misplaced({ book }: Judge, data: { [name: string]: unknown }, file: string): Fault[] {
  const steps = file.replace(/\.yml$/, "").split("/").slice(1);
  const places: [string, string | undefined][] = [["id", steps[steps.length - 1]], ["town", steps.length > 1 ? steps[0] : undefined]];
  return places
    .filter(([name, place]) => place !== undefined && data[name] !== undefined && data[name] !== place)
    .map(([name]) => ({ path: [name], says: book.says.moved! }));
}

function judgeParts(judge: Judge, rules: Rules, data: { [name: string]: unknown }, around: Around, path: Path): Fault[] {
  return joined(Object.keys(rules).map((name) => {
    const [rule, value] = [rules[name]!, data[name]];
    if (isGiven(value)) return judgeValue(judge, rule, value, around, [...path, name]);
    return rule.required ? [{ path: [...path, name], says: say(judge.book, "required", rule) }] : [];
  }));
}

function judgeValue(judge: Judge, rule: Rule, value: unknown, around: Around, path: Path): Fault[] {
  const isList = Array.isArray(value);
  if (rule.kind === "list" && rule.item) {
    const items = isList ? (value as unknown[]).filter(isGiven) : [];
    if (!isList) return [{ path, says: say(judge.book, "list", rule) }];
    const size = sizeFault(judge.book, rule, items.length);
    const found = joined(items.map((item, index) => judgeValue(judge, rule.item!, item, around, [...path, index])));
    return size ? [{ path, says: size }, ...found] : found;
  }
  if (rule.parts) {
    return typeof value === "object" && !isList
      ? judgeParts(judge, rule.parts, value as { [name: string]: unknown }, around, path)
      : [{ path, says: say(judge.book, "list", rule) }];
  }
  const isText = typeof value !== "object" || (isList && (rule.kind === "hours" || rule.kind === "when"));
  if (!isText) return [{ path, says: say(judge.book, "text", rule) }];
  const says = faultOf(judge, rule, textOf(value), around);
  return says ? [{ path, says }] : [];
}

function joined(faults: Fault[][]): Fault[] {
  return ([] as Fault[]).concat(...faults);
}

/** Whether anything of a value will be saved (`cleaned`). */
function isGiven(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return cleaned(value) !== undefined;
  return Object.values(value).some(isGiven);
}

/** A list of rules is one text about time. */
function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join("；") : String(value);
}

function sizeFault(book: RuleBook, rule: Rule, size: number): string | undefined {
  if (rule.most && size > rule.most) return say(book, "many", rule, { limit: String(rule.most) });
  return size < (rule.least ?? 0) ? say(book, "few", rule, { limit: String(rule.least) }) : undefined;
}

/** What is said to one value of a field; nothing where it may stand. */
export function faultOf(judge: Judge, rule: Rule, written: string, around: Around): string | undefined {
  const { book } = judge;
  const text = (cleaned(written) as string | undefined) ?? "";
  const wrong = (says: string) => fill(book.says.mistake!, { "%{fieldLabel}": rule.label, "%{pattern}": says });
  if (!text) return undefined;
  if (rule.choices) return rule.choices.includes(text) ? undefined : wrong(book.says.choice!);
  if (rule.shape && isUnknown(book, text)) return wrong(book.says.unknown!);
  const personal = rule.kind === "url" ? undefined : personalIn(book, text);
  if (personal) return say(book, personal[0], rule, { value: personal[1] });
  const [fits, says] = (rule.shape && book.shapes[rule.shape]) || ["", ""];
  if (!new RegExp(fits).test(text)) return wrong(says);
  if (new RegExp(book.garbled, "u").test(text)) return wrong(book.says.garbled!);
  if (rule.shape && !marksAreSound(text, Boolean(rule.cited))) return wrong(book.says[rule.cited ? "marks" : "no_marks"]!);
  if (rule.words && (readCoordinates(text) || appOf(text))) return wrong(book.says.point!);
  if (rule.kind === "id" && taken(judge, text, around)) return wrong(book.says.taken!);
  if (rule.kind === "day" || rule.kind === "date") return dateFault(judge, rule, text, around, wrong);
  if (judge.served || (rule.kind !== "hours" && rule.kind !== "when")) return undefined;
  const isPlain = rule.kind === "hours" ? plainHours(text, book.times) : plainWhen(text, book.times);
  return isPlain || isKnown(book, rule.kind, text) ? undefined : wrong(book.says[rule.kind]!);
}

function taken({ book, served }: Judge, id: string, { isNew, kind }: Around): boolean {
  return Boolean(isNew) && !served && isKnown(book, kind, id);
}

function dateFault({ book, today }: Judge, rule: Rule, text: string, { status, alone }: Around, wrong: (says: string) => string): string | undefined {
  const [year, month, day] = (text.match(/\d+/g) ?? []).map(Number) as [number, number?, number?];
  if (day && !isDay(year, month!, day)) return wrong(book.says.calendar!);
  const given = [year, month, day].filter(Boolean).map((part) => String(part).padStart(2, "0")).join("-");
  const isAhead = given > today.slice(0, given.length);
  const mayBe = !rule.ahead || (alone ? rule.ahead.length > 0 : rule.ahead.includes(status as string));
  return isAhead && !mayBe ? say(book, "future-date", rule, { value: text }) : undefined;
}

/** As `is_unknown` in haitang/model/written/unknown.py. */
export function isUnknown({ unknown }: RuleBook, text: string): boolean {
  const plain = text.normalize("NFKC").trim();
  if (!plain) return false;
  const parts = plain.match(new RegExp("[\\p{L}\\p{N}]+", "gu"));
  if (!parts) return !Array.from(plain).some((sign) => unknown.saying.includes(sign) || (new RegExp("[\\p{So}\\p{Sc}]", "u").test(sign) && !unknown.blanks.includes(sign)));
  if (parts.length > 1 && parts.every((part) => unknown.words.includes(part.toLowerCase()))) return true;
  const bare = plain.replace(/\s+/g, "");
  let [start, end] = [0, bare.length];
  while (start < end && unknown.closers.includes(bare[start]!)) start += 1;
  while (start < end && unknown.closers.includes(bare[end - 1]!)) end -= 1;
  const word = bare.slice(start, end).toLowerCase();
  const [, named] = new RegExp(`^(?:${unknown.named})$`).exec(parts.join("").toLowerCase()) ?? [];
  return unknown.words.includes(word) || unknown.words.includes(named!) || new RegExp(`^(?:${unknown.repeated})$`).test(word);
}

/** The code and the number of a person that a text holds. */
function personalIn(book: RuleBook, text: string): [string, string] | undefined {
  const plain = Array.from(text.normalize("NFKC"), (sign) => book.spoken[sign] ?? sign).join("");
  for (const [pattern, code] of book.personal) {
    const found = looking(pattern).exec(plain);
    if (found) return [code, found[0]];
  }
  return undefined;
}

/** Safari looks behind since 2023; before, a longer number may be taken for one. */
function looking(pattern: string): RegExp {
  try {
    return new RegExp(pattern, "u");
  } catch {
    return new RegExp(pattern.replace(/\(\?<![^)]*\)/g, ""), "u");
  }
}

function isKnown(book: RuleBook, kind: string, text: string): boolean {
  const [digests, digest] = [book.known[kind] ?? "", digestOf(text)];
  for (let at = 0; at < digests.length; at += digest.length) if (digests.startsWith(digest, at)) return true;
  return false;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** As `_digest` in rules.py. */
function digestOf(text: string): string {
  let found = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) found = Math.imul(found ^ byte, 0x01000193) >>> 0;
  return [26, 20, 14, 8, 2].map((shift) => ALPHABET[(found >>> shift) & 63]).join("");
}

function say(book: RuleBook, key: string, rule: Rule, values: { [name: string]: string } = {}): string {
  const braced: { [blank: string]: string } = { "{field}": rule.label };
  for (const name of Object.keys(values)) braced[`{${name}}`] = values[name]!;
  return fill(book.says[key]!, braced);
}

function fill(sentence: string, values: { [blank: string]: string }): string {
  return Object.keys(values).reduce((told, blank) => told.split(blank).join(values[blank]), sentence);
}
