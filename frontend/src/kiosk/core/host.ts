// What the kiosk says to the page around it, and what it takes from there; the messages stand in launcher/protocol.ts.

import {
  ACTIVITY, HEARTBEAT, inward, isErrand, isOutcome, isRelease, message, opened, type Days, type ErrandName, type FromApp, type Outcome,
  type State,
} from "../../launcher/protocol"; // prettier-ignore
import { entriesOf, settingsOf, type Entry, type Settings } from "../../launcher/staff-news";
import { today } from "../../schedule/clock";

const DAY_MS = 86_400_000;

/** The launcher knows no directory, and so no zone. */
function dayHere(): string {
  return new Date(today() * DAY_MS).toISOString().slice(0, 10);
}

export interface HostOrders {
  reset(): void;
  pause(): void;
  resume(): void;
  go(id: string): void;
  /** A launcher is there, which brings parts of the release and knows what staff set at this screen. */
  launched(settings: Settings): void;
  /** The launcher asks for the digests of what this page was made from. */
  check(): void;
}

/** What the launcher knows: how long its page has been open, in minutes; the release to go back to, or empty; whether the machine
 * lets it keep anything; what happened, the newest last. */
export interface News {
  minutes: number;
  previous: string;
  kept: boolean;
  log: Entry[];
}

type Done = (outcome: Outcome, id: string) => void;

export class Host {
  private lastActivity = 0;
  private launcher = false;
  private readonly waiting = new Map<string, ((text: string | null) => void)[]>();
  private readonly asking: ((days: Days) => void)[] = [];
  private readonly curious: ((news: News) => void)[] = [];
  private readonly errands = new Map<ErrandName, Done>();

  constructor(private readonly orders: HostOrders, private readonly state: () => State) {
    addEventListener("message", (event) => {
      if (event.source === parent && parent !== window) this.take(event.data);
    });
  }

  ready(id: string, built: string): void {
    this.tell(message({ type: "ready", id, built }));
    const beat = (): void => this.tell(message({ type: "heartbeat", state: this.state() }));
    beat();
    setInterval(beat, HEARTBEAT);
  }

  activity(): void {
    const now = Date.now();
    if (now - this.lastActivity >= 0 && now - this.lastActivity < ACTIVITY) return;
    this.lastActivity = now;
    this.tell(message({ type: "activity" }));
  }

  idle(): void {
    this.tell(message({ type: "idle" }));
  }

  error(code: string): void {
    this.tell(message({ type: "error", code }));
    this.count("errors");
  }

  count(what: string): void {
    if (this.launcher) this.tell(message({ type: "count", what, day: dayHere() }));
  }

  checked(script: string, style: string, csp: string): void {
    if (this.launcher) this.tell(message({ type: "checked", script, style, csp }));
  }

  /** What was counted; null without a launcher, which keeps it. */
  counts(): Promise<Days | null> {
    if (!this.launcher) return Promise.resolve(null);
    this.tell(message({ type: "counts", day: dayHere() }));
    return new Promise((done) => this.asking.push(done));
  }

  /** What the launcher knows; null without one. */
  news(): Promise<News | null> {
    if (!this.launcher) return Promise.resolve(null);
    this.tell(message({ type: "staff" }));
    return new Promise((done) => this.curious.push(done));
  }

  /** Sends the launcher for something. `done` hears what came of it. */
  run(errand: ErrandName, done: Done): void {
    if (!this.launcher) return;
    this.errands.set(errand, done);
    this.tell(message({ type: "errand", errand }));
  }

  /** Has the launcher keep what staff set at this screen. */
  keep(settings: Settings): void {
    if (this.launcher) this.tell(message({ type: "keep", settings }));
  }

  /** Whether there is anybody to bring parts of the release. */
  get brings(): boolean {
    return this.launcher;
  }

  /** A part of the release that is too large for the page; null where it cannot be had. */
  part(name: string): Promise<string | null> {
    if (!this.launcher) return Promise.resolve(null);
    return new Promise((done) => {
      const others = this.waiting.get(name);
      if (others) {
        others.push(done);
        return;
      }
      this.waiting.set(name, [done]);
      this.tell(message({ type: "want", part: name }));
    });
  }

  private tell(what: FromApp): void {
    if (parent !== window) parent.postMessage(what, "*"); // from file:// nobody has an origin that could be named
  }

  private take(data: unknown): void {
    const order = inward(data);
    if (order) {
      if (order.type === "go") this.orders.go(order.id);
      else this.orders[order.type]();
      return;
    }
    const fields = opened(data);
    if (!fields) return;
    if (fields.type === "launcher") {
      this.launcher = true;
      this.orders.launched(settingsOf(fields["settings"]));
    } else if (fields.type === "check") this.orders.check();
    else if (fields.type === "part") this.arrived(fields["name"], fields["text"]);
    else if (fields.type === "counts" && typeof fields["days"] === "object" && fields["days"]) this.answered(fields["days"] as Days);
    else if (fields.type === "staff") this.informed(fields);
    else if (fields.type === "done") this.done(fields);
  }

  private informed({ awake, previous, kept, log }: { [field: string]: unknown }): void {
    const minutes = typeof awake === "number" && awake >= 0 ? Math.floor(awake / 60_000) : 0;
    const news = { minutes, previous: isRelease(previous) ? previous : "", kept: kept === true, log: entriesOf(log) };
    for (const done of this.curious.splice(0)) done(news);
  }

  private done({ errand, outcome, id }: { [field: string]: unknown }): void {
    const told = isErrand(errand) && this.errands.get(errand);
    if (told && isOutcome(outcome)) told(outcome, isRelease(id) ? id : "");
  }

  private arrived(name: unknown, text: unknown): void {
    if (typeof name !== "string") return;
    const all = this.waiting.get(name) || [];
    this.waiting.delete(name);
    for (const done of all) done(typeof text === "string" ? text : null);
  }

  private answered(days: Days): void {
    for (const done of this.asking.splice(0)) done(days);
  }
}
