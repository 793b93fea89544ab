// Time as the launcher lives it. The rule: a machine that slept, or whose clock was set, must not be taken for a dead app.

export const TICK = 1_000;
const JUMP = 5_000;

/** Counts the time it was awake, in milliseconds: what a jump of the clock skipped is not in it. */
export class AwakeClock {
  awake = 0;
  private last: number;

  constructor(now: number) {
    this.last = now;
  }

  /** To be called once a TICK. True when the clock jumped: whoever was waited for gets the whole time anew. */
  tick(now: number): boolean {
    const gone = now - this.last;
    this.last = now;
    const jumped = gone < 0 || gone > JUMP;
    this.awake += jumped ? TICK : gone;
    return jumped;
  }
}

/** How often something happened within the last `span` of awake time. */
export class EventRate {
  private times: number[] = [];

  constructor(private readonly span: number) {}

  add(awake: number): number {
    this.times = this.times.filter((time) => awake - time < this.span);
    this.times.push(awake);
    return this.times.length;
  }

  clear(): void {
    this.times = [];
  }
}
