// The page of a kiosk that never changes: runs the release that current.js names, watches over it and exchanges it for newer ones.
// The rule: whatever happens, something composed is on the screen; a release is only left for one that runs and is whole.

import { Frame } from "./app-frame";
import { AwakeClock, EventRate, TICK } from "./awake-clock";
import { Counters, dayFrom, storageHere } from "./counters";
import { Host } from "./host";
import { digest, manifestOf, pointerOf } from "./manifest";
import {
  isPart, message, opened, outward, SILENCE, type Counts, type Manifest, type Order, type Pointer, type Ready,
} from "./protocol"; // prettier-ignore
import { lock, Screen } from "./screen";
import { loadScript } from "./script-loader";
import { StaffDesk, type Runner } from "./staff-desk";

const POLL = 20_000;
const START = 30_000; // within it a frame must say that it stands
const RETRY = 30_000;
const HALF = 60_000; // what was not there may still be being copied
const BAD = 600_000; // what did not start or is not whole is looked at again now and then
const AGE = 24 * 3_600_000;
const FAILURES = 3; // within ten minutes: the previous release
const ERRORS = 5; // more of them in a minute are a failure
// What watches the browser asks for it where the newest release has died too often: the one before it.
const BACK = "#previous";
// Where pointers stand that nobody replaces last: for when current.js is broken, half copied or leads to nothing whole.
const SPARES = ["releases/newest.js", "current-old.js"];

export class Launcher implements Runner {
  private readonly screen = new Screen();
  private readonly name = document.title;
  private ticks = 0;
  private readonly host = new Host();
  private readonly clock = new AwakeClock(Date.now());
  private readonly failures = new EventRate(600_000);
  private readonly errors = new EventRate(60_000);
  private readonly counters = new Counters(storageHere(), keyOf("haitang-kiosk"));
  private readonly desk = new StaffDesk(this, storageHere(), keyOf("haitang-kiosk-staff"));
  pointer: Pointer | null = null;
  live: Frame | null = null;
  next: Frame | null = null; // hidden; takes the live one's place when it is ready, whole and nobody is there
  private readonly proven = new Set<string>(); // releases that have run
  private readonly dropped = new Map<string, number>(); // until when, in awake time; or until the pointer names something else
  private readonly spoilt = new Set<string>(); // run, but not all of them is as it should be
  busy = false; // choosing what to start
  private polled = 0;
  private asked = false; // current.js has been looked for
  private retry = 0; // when to try again, if nothing runs

  start(): void {
    lock();
    this.count();
    this.desk.happened("start");
    window.addEventListener("message", (event) => this.hear(event));
    setInterval(() => this.tick(), TICK);
    void this.poll();
  }

  private tick(): void {
    const jumped = this.clock.tick(Date.now());
    this.count();
    const awake = this.clock.awake;
    for (const frame of [this.live, this.next]) if (frame && jumped) frame.heard = awake;
    if (awake - this.polled >= POLL && !this.desk.isBusy) void this.poll();
    if (!this.live && !this.busy && this.asked) this.idle(awake);
    this.watch(awake);
    this.desk.tick(awake);
    if (this.live && this.live.state === "attract" && !this.desk.isBusy) this.renew(this.live);
  }

  /** In the title, where what watches the browser (deploy/kiosk) can read it without a word to the page. */
  private count(): void {
    document.title = `${this.name} [${this.ticks++}]`;
  }

  /** Nothing runs. */
  private idle(awake: number): void {
    if (!this.retry) void this.choose();
    else if (awake >= this.retry) this.again();
  }

  private dead(frame: Frame, awake: number): boolean {
    return awake - frame.heard >= (frame.ready ? SILENCE : START);
  }

  private watch(awake: number): void {
    const { live, next } = this;
    const late = next !== null && this.dead(next, awake);
    if (live && this.dead(live, awake)) {
      // Sandboxed frames of one folder share a process: an app that hangs there takes the other with it. Then the newer is at fault.
      const innocent = next !== null && !(next.ready && next.sound) && awake - next.heard >= TICK * 4;
      if (innocent) this.drop(next, Infinity);
      this.failed(live, innocent);
    } else if (late) this.drop(next, BAD);
  }

  /** Nobody is there: the time for what a visitor should not see. */
  private renew(live: Frame): void {
    const next = this.next;
    if (next && next.ready && next.sound) this.exchange(next);
    else if (!next && Math.abs(Date.now() - live.born) >= AGE) void this.prepare(live.id);
  }

  exchange(next: Frame): void {
    this.next = null;
    this.show(next);
  }

  async read(): Promise<Pointer | null> {
    const pointer = await this.pointerIn("current.js");
    if (!pointer) return null;
    const isFirst = !this.pointer;
    if (!this.pointer || pointer.id !== this.pointer.id) {
      this.dropped.clear();
      this.spoilt.clear();
      if (this.next) this.forget(this.next);
    }
    if (this.pointer && pointer.id !== this.pointer.id) this.desk.named(pointer.id);
    if (isFirst && location.hash === BACK) this.leave(pointer.id);
    for (const id of isFirst ? idsOf(pointer) : []) if (this.desk.hasLeft(id)) this.leave(id);
    return (this.pointer = pointer);
  }

  private async poll(): Promise<void> {
    this.polled = this.clock.awake;
    const pointer = await this.read();
    this.asked = true;
    if (!this.live) {
      if (!this.retry || (pointer && !this.dropped.size)) void this.choose();
    } else if (pointer && pointer.id !== this.live.id && !this.next && !this.isDropped(pointer.id)) await this.prepare(pointer.id);
  }

  private async pointerIn(file: string): Promise<Pointer | null> {
    const got = await loadScript(`${file}?t=${Date.now()}`, "HAITANG_CURRENT");
    return got && pointerOf(got[0]);
  }

  isDropped(id: string): boolean {
    const until = this.dropped.get(id);
    return until !== undefined && this.clock.awake < until;
  }

  private dropFor(id: string, span: number): void {
    this.dropped.set(id, this.clock.awake + span);
  }

  leave(id: string): void {
    this.dropFor(id, Infinity);
  }

  pardon(id: string): void {
    this.dropped.delete(id);
  }

  private again(): void {
    this.retry = 0;
    this.dropped.clear();
    void this.poll();
  }

  /** Starts the first release that has not failed, while nothing is live. */
  private async choose(): Promise<void> {
    if (this.busy || this.live) return;
    this.busy = true;
    const ids = this.pointer ? idsOf(this.pointer) : [];
    let chosen = await this.first(ids);
    for (const file of chosen ? [] : SPARES) {
      const pointer = await this.pointerIn(file);
      const others = pointer ? idsOf(pointer).filter((id) => ids.indexOf(id) < 0) : [];
      ids.push(...others);
      if (!chosen) chosen = await this.first(others);
    }
    const spoilt = ids.filter((id) => this.spoilt.has(id))[0];
    if (!chosen && spoilt !== undefined) chosen = this.open(spoilt, null); // better than none
    this.busy = false;
    this.live = chosen;
    if (chosen) this.retry = 0;
    else this.despair();
  }

  /** The first of these releases that may be tried and says what it is. */
  private async first(ids: readonly string[]): Promise<Frame | null> {
    for (const id of ids) {
      if (this.isDropped(id)) continue;
      const manifest = await this.manifest(id);
      if (manifest) return this.open(id, manifest);
      this.refuse(id, HALF);
    }
    return null;
  }

  private despair(): void {
    this.retry = this.clock.awake + RETRY;
    this.screen.trouble();
    this.desk.happened("trouble");
    this.host.fail("release");
  }

  async manifest(id: string): Promise<Manifest | null> {
    const got = await loadScript(`releases/${id}/manifest.js?t=${Date.now()}`, "HAITANG_MANIFEST");
    return got && manifestOf(got[0], id);
  }

  private open(id: string, manifest: Manifest | null): Frame {
    const frame = new Frame(id, manifest, this.clock.awake, Date.now(), this.screen.title);
    this.screen.add(frame.element);
    return frame;
  }

  /** Loads a release behind the live one. */
  async prepare(id: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const manifest = await this.manifest(id);
    this.busy = false;
    if (!this.live || this.next) return;
    if (manifest) this.next = this.open(id, manifest);
    else if (id !== this.live.id) this.refuse(id, HALF);
    else this.next = this.open(id, this.live.manifest); // its manifest was whole when it started
  }

  forget(frame: Frame): void {
    frame.remove();
    if (this.next === frame) this.next = null;
    if (this.live === frame) this.live = null;
  }

  private refuse(id: string, span: number): void {
    this.desk.happened("refused", id);
    this.dropFor(id, span);
  }

  private drop(frame: Frame, span: number): void {
    if (this.live && frame.id !== this.live.id) this.refuse(frame.id, span);
    else if (this.live && frame !== this.live) this.live.born = Date.now(); // not renewed; tomorrow again
    this.forget(frame);
  }

  /** The live app is dead, or as good as. `innocent`: another one's fault. */
  private failed(frame: Frame, innocent = false, why: "silent" | "errors" = "silent"): void {
    this.host.fail(frame.ready ? "silent" : "start");
    this.desk.happened(frame.ready ? why : "failed", frame.id);
    this.errors.clear();
    this.screen.splash();
    this.forget(frame);
    if (this.next) this.forget(this.next); // loaded again, in a process of its own
    const never = !this.proven.has(frame.id);
    if (!innocent && (never || this.failures.add(this.clock.awake) >= FAILURES)) {
      this.failures.clear();
      this.dropFor(frame.id, Infinity);
      this.spoilt.delete(frame.id);
    }
    void this.choose();
  }

  private show(frame: Frame): void {
    const old = this.live === frame ? null : this.live;
    this.live = frame;
    this.desk.shown(frame.id);
    this.screen.show(frame.element, old ? () => old.remove() : null);
    this.host.tell(message<Ready>({ type: "ready", id: frame.id, built: frame.built }));
    if (this.host.paused) frame.send(message<Order>({ type: "pause" }));
  }

  private hear(event: MessageEvent): void {
    const wish = this.host.heard(event);
    if (wish && this.live && this.live.ready) this.live.send(wish);
    for (const frame of [this.live, this.next]) {
      if (frame && event.source === frame.element.contentWindow) this.told(frame, event.data);
    }
  }

  /** A message of an app. Only the live one is passed on and counted. */
  private told(frame: Frame, data: unknown): void {
    const said = outward(data);
    if (said && said.type === "ready") return this.stands(frame, said.id, said.built);
    if (!frame.ready) return;
    if (said && said.type === "heartbeat") {
      frame.heard = this.clock.awake;
      frame.state = said.state;
    }
    if (frame === this.live && said) {
      if (said.type === "activity" && frame.state === "attract") frame.state = "session"; // sooner than the next heartbeat
      this.host.tell(said);
      if (said.type === "error") this.desk.happened("error", said.code);
      if (said.type === "error" && (said.code === "blank" || said.code === "script")) this.erred(frame);
    } else if (!said) this.wished(frame, data);
  }

  private erred(frame: Frame): void {
    if (this.errors.add(this.clock.awake) > ERRORS) this.failed(frame, false, "errors");
  }

  private wished(frame: Frame, data: unknown): void {
    const fields = opened(data);
    if (!fields) return;
    if (fields.type === "checked") frame.checked(fields);
    if (fields.type === "want" && isPart(fields["part"])) void frame.give(fields["part"]);
    if (frame !== this.live) return;
    this.desk.hear(frame, fields, this.clock.awake);
    const today = dayFrom(fields["day"], Date.now());
    if (fields.type === "count") this.counters.add(fields["what"], today);
    if (fields.type === "counts") frame.send(message<Counts>({ type: "counts", days: this.counters.days(today) }));
  }

  private stands(frame: Frame, id: string, built: string): void {
    if (frame.ready) return;
    frame.heard = this.clock.awake;
    if (!frame.begin(id, built, this.desk.settings)) {
      if (frame === this.live) this.failed(frame);
      else this.drop(frame, BAD);
      return;
    }
    this.proven.add(id);
    if (frame === this.live) this.show(frame);
    void this.examine(frame);
  }

  private async examine(frame: Frame): Promise<void> {
    // The same release loaded once more was examined when it came.
    const known = frame !== this.live && this.live !== null && this.live.id === frame.id && this.live.sound;
    const sound = known || (await frame.check());
    if (frame.gone) return;
    frame.sound = sound;
    if (sound) return;
    if (frame !== this.live) return this.drop(frame, BAD);
    if (this.spoilt.has(frame.id)) return; // nothing better was there
    this.spoilt.add(frame.id);
    this.refuse(frame.id, Infinity);
    this.screen.splash();
    this.forget(frame);
    await this.choose();
  }
}

function idsOf(pointer: Pointer): string[] {
  return [pointer.id, ...pointer.previous];
}

/** By where this launcher lies: what one kiosk keeps, another on the same machine must not see. */
function keyOf(name: string): string {
  const folder = location.href.replace(/[?#].*$/, "").replace(/[^/]*$/, "");
  return `${name}-${digest(folder).slice(0, 16)}`;
}
