// What the launcher does for staff: it keeps what they set at this screen and what happened to it, looks for a newer release at
// once, goes back to the one before, and opens its page anew. The rule: a release is left only for one that runs and is whole,
// whoever wishes it; and nothing that is kept tells of a visitor.

import type { Frame } from "./app-frame";
import {
  isErrand, isRelease, message, type Done, type ErrandName, type Launcher, type Manifest, type Outcome, type Pointer, type Staff,
} from "./protocol"; // prettier-ignore
import { entriesOf, MOST_ENTRIES, MOST_TIMES, settingsOf, type Entry, type Happened, type Settings } from "./staff-news";

const TOLD = 5_000; // what was found can be read before the screen changes
const HOUR = 3_600_000;
const ONCE: readonly Happened[] = ["start", "shown", "restart", "back"];
const MOST_LEFT = 8; // as many as a pointer names

/** The launcher, as far as errands need it. */
export interface Runner {
  readonly live: Frame | null;
  readonly next: Frame | null;
  /** It is choosing what to start. */
  readonly busy: boolean;
  readonly pointer: Pointer | null;
  /** Reads current.js and takes what it says; null where it cannot be read. */
  read(): Promise<Pointer | null>;
  manifest(id: string): Promise<Manifest | null>;
  isDropped(id: string): boolean;
  /** Not to be shown until the pointer names something else; or to be tried again. */
  leave(id: string): void;
  pardon(id: string): void;
  /** Loads a release behind the live one. */
  prepare(id: string): Promise<void>;
  forget(frame: Frame): void;
  /** Shows what was prepared. */
  exchange(next: Frame): void;
}

interface Kept {
  settings: Settings;
  /** Releases that staff went back from. */
  left: string[];
  log: Entry[];
}

/** `begun`: what becomes of it can be seen; `at`: when it is shown, in awake time, 0 until it is known to be whole. */
interface Errand {
  name: ErrandName;
  from: Frame;
  id: string;
  begun: boolean;
  at: number;
}

export class StaffDesk {
  private readonly kept: Kept;
  private errand: Errand | null = null;

  constructor(
    private readonly runner: Runner,
    private readonly storage: Pick<Storage, "getItem" | "setItem"> | null,
    private readonly key: string,
  ) {
    this.kept = this.stored();
  }

  get settings(): Settings {
    return this.kept.settings;
  }

  /** While an errand is under way nothing else is exchanged. */
  get isBusy(): boolean {
    return this.errand !== null;
  }

  /** Whether staff went back from this release. */
  hasLeft(id: string): boolean {
    return this.kept.left.indexOf(id) >= 0;
  }

  /** The pointer, or staff, name a release anew: it is left no longer. */
  named(id: string): void {
    if (!this.hasLeft(id)) return;
    this.kept.left = this.kept.left.filter((one) => one !== id);
    this.keep();
  }

  /** What went wrong more than once within an hour is told once, with how often. */
  happened(what: Happened, id = ""): void {
    const { log } = this.kept;
    const at = Date.now();
    const before = log.filter((one) => one.what === what && one.id === id && Math.abs(at - one.at) < HOUR).pop();
    const again = before && ONCE.indexOf(what) < 0 ? before : null;
    if (again && again.n >= MOST_TIMES) return; // an app that is out of its mind does not wear the disk out
    const entry = { at, what, id, n: again ? again.n + 1 : 1 };
    this.kept.log = log.filter((one) => one !== again).concat(entry).slice(-MOST_ENTRIES);
    this.keep();
  }

  /** A release is on the screen that was not before. */
  shown(id: string): void {
    const { log } = this.kept;
    const before = log.filter(({ what }) => what === "shown").pop();
    if (!before || before.id !== id) this.happened("shown", id);
  }

  /** What the live app says, in fields that have been opened. */
  hear(frame: Frame, fields: { type: string; [field: string]: unknown }, awake: number): void {
    if (fields.type === "keep") {
      const settings = (this.kept.settings = settingsOf(fields["settings"]));
      this.keep();
      const { next } = this.runner; // one that stands behind heard of them before they were changed
      if (next && next.ready) next.send(message<Launcher>({ type: "launcher", settings }));
    } else if (fields.type === "staff") void this.tell(frame, awake);
    else if (fields.type === "errand" && isErrand(fields["errand"])) void this.run(frame, fields["errand"]);
  }

  /** To be called once a second: goes on with an errand. */
  tick(awake: number): void {
    const { errand } = this;
    const { next, busy } = this.runner;
    if (!errand || !errand.begun || busy) return;
    if (!next || next.id !== errand.id) this.end("broken");
    else if (next.ready && next.sound && !errand.at) {
      errand.at = awake + TOLD;
      this.answer(errand.from, errand.name, "taken", errand.id);
    } else if (errand.at && awake >= errand.at) this.arrive(next, errand.name);
  }

  private arrive(next: Frame, name: ErrandName): void {
    const { live } = this.runner;
    this.errand = null;
    if (name === "previous" && live) {
      this.runner.leave(live.id);
      this.kept.left = this.kept.left.filter((id) => id !== live.id).concat(live.id).slice(-MOST_LEFT);
      this.happened("back", live.id);
    }
    this.runner.exchange(next);
  }

  private async tell(frame: Frame, awake: number): Promise<void> {
    const previous = await this.before();
    const log = this.kept.log.slice(-10);
    frame.send(message<Staff>({ type: "staff", awake: Math.round(awake), previous, kept: this.keep(), log }));
  }

  private async run(frame: Frame, name: ErrandName): Promise<void> {
    if (this.errand) return this.answer(frame, name, "busy", this.errand.id);
    if (name === "restart") {
      this.happened("restart");
      location.reload();
    } else if (name === "update") await this.update(frame);
    else await this.goBack(frame);
  }

  private async update(frame: Frame): Promise<void> {
    const pointer = await this.runner.read();
    const { live } = this.runner;
    if (!pointer) return this.answer(frame, "update", "unreadable", "");
    if (live && live.id === pointer.id) return this.answer(frame, "update", "same", pointer.id);
    this.named(pointer.id);
    await this.bring(frame, "update", pointer.id);
  }

  private async goBack(frame: Frame): Promise<void> {
    const id = await this.before();
    if (id) await this.bring(frame, "previous", id);
    else this.answer(frame, "previous", "none", "");
  }

  /** From here on `tick` sees what becomes of it. */
  private async bring(from: Frame, name: ErrandName, id: string): Promise<void> {
    if (this.errand) return this.answer(from, name, "busy", this.errand.id);
    const { runner } = this;
    const errand: Errand = (this.errand = { name, from, id, begun: false, at: 0 });
    runner.pardon(id);
    while (runner.busy) await new Promise((done) => setTimeout(done, 100));
    if (runner.next && runner.next.id !== id) runner.forget(runner.next);
    if (!runner.next) await runner.prepare(id);
    errand.begun = true;
  }

  /** The newest release before the one on the screen that stands there, as far as its manifest tells. */
  private async before(): Promise<string> {
    const { live, pointer } = this.runner;
    const ids = pointer ? [pointer.id, ...pointer.previous] : [];
    const at = live ? ids.indexOf(live.id) : -1;
    for (const id of at < 0 ? [] : ids.slice(at + 1)) {
      if (!this.runner.isDropped(id) && (await this.runner.manifest(id))) return id;
    }
    return "";
  }

  private end(outcome: Outcome): void {
    const { errand } = this;
    this.errand = null;
    if (errand) this.answer(errand.from, errand.name, outcome, errand.id);
  }

  private answer(frame: Frame, errand: ErrandName, outcome: Outcome, id: string): void {
    frame.send(message<Done>({ type: "done", errand, outcome, id }));
  }

  private stored(): Kept {
    let data: { [name: string]: unknown } = {};
    try {
      data = (JSON.parse((this.storage && this.storage.getItem(this.key)) || "{}") as typeof data | null) || {};
    } catch {
      // denied or spoilt: it begins anew
    }
    const left = Array.isArray(data["left"]) ? (data["left"] as unknown[]).filter(isRelease).slice(-MOST_LEFT) : [];
    return { settings: settingsOf(data["settings"]), left, log: entriesOf(data["log"]) };
  }

  /** Whether the machine took it. */
  private keep(): boolean {
    try {
      if (this.storage) this.storage.setItem(this.key, JSON.stringify(this.kept));
      return this.storage !== null;
    } catch {
      return false; // full: it stays in memory
    }
  }
}
