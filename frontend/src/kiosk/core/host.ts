// What the kiosk says to the page around it, and what it takes from there; the messages stand in launcher/protocol.ts.

import { ACTIVITY, HEARTBEAT, message, opened, inward, type Days, type FromApp, type State } from "../../launcher/protocol";
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
  /** A launcher is there, which brings parts of the release. */
  launched(): void;
  /** The launcher asks for the digests of what this page was made from. */
  check(): void;
}

export class Host {
  private lastActivity = 0;
  private launcher = false;
  private readonly waiting = new Map<string, ((text: string | null) => void)[]>();
  private readonly asking: ((days: Days) => void)[] = [];

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
      this.orders.launched();
    } else if (fields.type === "check") this.orders.check();
    else if (fields.type === "part") this.arrived(fields["name"], fields["text"]);
    else if (fields.type === "counts" && typeof fields["days"] === "object" && fields["days"]) this.answered(fields["days"] as Days);
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
