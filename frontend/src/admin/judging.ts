// Who judges what is in the form: each box by itself while it is filled in, the whole entry before it is saved. What is told then
// appears at its box, for as long as nobody has tried to save again.

import { cleaned } from "./judge/clean-values";
import type { Boxed, Tree, Validity } from "./decap";
import { judgeEntry, faultOf, ruleAt, todayIn, type Fault, type Judge, type Path, type Rule, type RuleBook } from "./judge/judge";

/** A box on the page, as the editor made it. */
export interface Box {
  props: Boxed;
}

interface Told {
  path: Path;
  level: string;
  message: string;
}

const MOST_TOLD = 3;

/** Why nothing was saved, as the editor shows it. */
class Refused extends Error {
  override toString(): string {
    return this.message;
  }
}

export class Judging {
  private readonly boxes = new Set<Box>();
  private shown = new Map<Box, string>();
  private advice = "";

  constructor(private readonly book: RuleBook, private readonly api: string | undefined) {}

  add(box: Box): void {
    this.boxes.add(box);
  }

  remove(box: Box): void {
    this.boxes.delete(box);
  }

  /** What the editor asks of a box; `own` is what the box itself has found. */
  validity(box: Box, own?: Validity): Validity {
    const message = this.shown.get(box) ?? this.fault(box.props);
    if (message) return { error: { type: "CUSTOM", parentIds: box.props.parentIds ?? [], message } };
    return own ?? { error: false };
  }

  /** Of an entry that is to be saved: what is kept. Throws where it may not be; then that is said at the boxes. */
  async kept(entry: Tree): Promise<unknown> {
    const data = cleaned(entry.get("data")) as Tree;
    const fields = (data?.toJS() ?? {}) as { [name: string]: unknown };
    const [kind, file] = [entry.get("collection") as string, entry.get("newRecord") ? undefined : (entry.get("path") as string)];
    this.advice = "";
    const faults = judgeEntry(this.judge(), kind, fields, file);
    const told = await this.asked(kind, file, fields, picturesOf(entry));
    for (const { path, level, message } of told) {
      const isTold = faults.some((fault) => String(fault.path) === String(path));
      if (level === "error" && !isTold) faults.push({ path, says: message });
      if (level !== "error") this.advice += `${this.advice && "\n"}${message}`;
    }
    if (!faults.length) return data;
    this.show(kind, faults, fields);
    const sentences = [...new Set(faults.map(({ says }) => says))].slice(0, MOST_TOLD);
    throw new Refused(sentences.join("\n"));
  }

  /** What is no mistake and worth a look, of what was saved last. */
  takeAdvice(): string {
    const { advice } = this;
    this.advice = "";
    return advice;
  }

  private judge(): Judge {
    return { book: this.book, served: Boolean(this.api), today: todayIn(this.book.timezone, new Date()) };
  }

  private fault({ field, value, entry }: Boxed): string | undefined {
    const address = field.get("rule") as string | undefined;
    const rule = address ? ruleAt(this.book, address) : undefined;
    const text = typeof value === "string" || typeof value === "number" ? String(value) : isTime(rule) ? lines(value) : "";
    if (!rule || !text) return undefined;
    // Of a field beside it nothing is known here: that is judged with the whole.
    return faultOf(this.judge(), rule.item ?? rule, text, { alone: true, kind: address!.split(".")[0]!, isNew: Boolean(entry?.get("newRecord")) });
  }

  /** Says each fault at its box, else at the one around it; where there is none, only the sentence above everything tells. */
  private show(kind: string, faults: readonly Fault[], fields: object): void {
    const shown = new Map<Box, string>();
    for (const { path, says } of faults) {
      for (let depth = path.length; depth > 0; depth--) {
        const boxes = this.at(kind, path.slice(0, depth), fields);
        boxes.forEach((box) => shown.set(box, [shown.get(box), says].filter(Boolean).join("\n")));
        if (boxes.length) break;
      }
    }
    this.shown = shown;
    for (const box of shown.keys()) box.props.validate();
    this.shown = new Map();
    [...shown.keys()].slice(0, 1).forEach(({ props }) => document.getElementById(props.forID)?.scrollIntoView({ block: "center" }));
  }

  /** The boxes of a field; of several rows those that hold what is meant. */
  private at(kind: string, path: Path, fields: object): Box[] {
    const address = [kind, ...path.filter((step) => typeof step === "string")].join(".");
    const value = path.reduce<unknown>((node, step) => (node as { [step: string]: unknown } | undefined)?.[step], fields);
    const own = [...this.boxes].filter(({ props }) => props.field.get("rule") === address);
    return own.length > 1 ? own.filter(({ props }) => JSON.stringify(plain(props.value)) === JSON.stringify(value)) : own;
  }

  /** What the server tells of it; nothing where there is none, or it does not answer: then it keeps nothing either. */
  private async asked(kind: string, file: string | undefined, fields: object, pictures: string[]): Promise<Told[]> {
    if (!this.api) return [];
    const body = JSON.stringify({ kind, file, fields, pictures });
    try {
      // eslint-disable-next-line no-restricted-globals -- the page has this address from the server that shows it
      const answer = await fetch(`${this.api}/check`, { method: "POST", headers: { "Content-Type": "application/json" }, body });
      return answer.ok ? ((await answer.json()) as { problems: Told[] }).problems : [];
    } catch {
      return [];
    }
  }
}

function picturesOf(entry: Tree): string[] {
  const files = (entry.get("mediaFiles") as Tree | undefined)?.toJS() as { name?: string; path?: string }[] | undefined;
  return (files ?? []).map(({ name, path }) => (path ?? name ?? "").split("/").pop()!).filter(Boolean);
}

function plain(value: unknown): unknown {
  const tidy = cleaned(value);
  return typeof tidy === "object" && tidy !== null && "toJS" in tidy ? (tidy as Tree).toJS() : tidy;
}

function isTime(rule: Rule | undefined): boolean {
  return rule?.kind === "hours" || rule?.kind === "when";
}

/** A list of rules as one text. */
function lines(value: unknown): string {
  const rules = plain(value);
  return Array.isArray(rules) ? rules.join("；") : "";
}
