// When a visitor is there, when they are asked, and when they have gone. It compares moments instead of trusting timers: a
// machine that slept wakes up and finds that time has passed.

export type Phase = "attract" | "session" | "warning" | "paused";

export interface SessionEvents {
  /** Somebody has come. */
  begin(): void;
  /** Nothing was touched for a while: they are asked, with so many seconds left. Called every second. */
  warn(left: number): void;
  /** They are still there. */
  stay(): void;
  /** They have gone, or asked to end. */
  end(): void;
}

const WARN_MS = 90_000;
const WARN_LARGE_MS = 120_000; // who asked for larger print reads longer
const COUNTDOWN_MS = 30_000;
const TICK_MS = 1_000;

export class Session {
  private current: Phase = "attract";
  private last = 0;
  private ticking = 0;

  constructor(private readonly events: SessionEvents, private readonly isLarge: () => boolean, private readonly now = () => Date.now()) {}

  get phase(): Phase {
    return this.current;
  }

  /** Anything a visitor does; in the warning it is an answer, wherever it falls. */
  touched(): void {
    if (this.current === "paused") return;
    this.last = this.now();
    if (this.current === "attract") this.begin();
    else if (this.current === "warning") this.stay();
  }

  /** The answer to the question. */
  stay(): void {
    if (this.current !== "warning") return;
    this.last = this.now();
    this.current = "session";
    this.events.stay();
  }

  end(): void {
    if (this.current === "attract" || this.current === "paused") return; // nobody is there
    clearInterval(this.ticking);
    this.current = "attract";
    this.events.end();
  }

  /** A host shows something else over it: nobody is asked meanwhile. */
  pause(): void {
    if (this.current === "session" || this.current === "warning") this.end();
    this.current = "paused";
  }

  resume(): void {
    if (this.current === "paused") this.current = "attract";
  }

  private begin(): void {
    this.current = "session";
    this.ticking = setInterval(() => this.tick(), TICK_MS) as unknown as number;
    this.events.begin();
  }

  /** Also called when the machine wakes. */
  tick(): void {
    if (this.current !== "session" && this.current !== "warning") return;
    const quiet = this.now() - this.last;
    if (quiet < 0) this.last = this.now(); // the clock was set back
    const warnAt = this.isLarge() ? WARN_LARGE_MS : WARN_MS;
    if (quiet >= warnAt + COUNTDOWN_MS) this.end();
    else if (quiet >= warnAt) this.warn(Math.ceil((warnAt + COUNTDOWN_MS - quiet) / 1000));
    else if (this.current === "warning") this.stay();
  }

  private warn(left: number): void {
    this.current = "warning";
    this.events.warn(left);
  }
}
