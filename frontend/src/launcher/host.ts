// The page around the launcher, when there is one. The rule: what passes is made anew from what the public contract knows.

import { ACTIVITY, inward, message, type Failed, type Inward, type Outward } from "./protocol";

export class Host {
  private readonly there = window.parent !== window;
  private active = -ACTIVITY;
  paused = false;

  tell(sent: Outward): void {
    if (!this.there) return;
    if (sent.type === "activity") {
      const now = performance.now();
      if (now - this.active < ACTIVITY) return;
      this.active = now;
    }
    window.parent.postMessage(sent, "*");
  }

  fail(code: string): void {
    this.tell(message<Failed>({ type: "error", code }));
  }

  /** The host's wish in an event, if it is the host's and one that is known. */
  heard(event: MessageEvent): Inward | null {
    if (!this.there || event.source !== window.parent) return null;
    const wish = inward(event.data);
    if (wish && wish.type === "pause") this.paused = true;
    if (wish && wish.type === "resume") this.paused = false;
    return wish;
  }
}
