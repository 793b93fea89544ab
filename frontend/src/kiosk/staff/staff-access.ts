// For who looks after the hall: five taps in the upper left corner and a number, and their sheet is shown. Nobody else learns
// that there is something: without a number in directory.yml the corner is a corner.

import { say } from "../../core/words";
import type { Settings } from "../../launcher/staff-news";
import type { App } from "../core/app";
import { StaffSheet } from "./staff-sheet";

const TAPS = 5;
const WITHIN_MS = 3_000;
const CORNER_REM = 4;
const TRIES = 3;
const LOCKED_MS = 60_000;

/** `before`: what is shown here is in the hall's own language, whichever the visitor took. `changed`: what staff set holds. */
export function startStaff(app: App, before: () => void, changed: (settings: Settings) => void): void {
  const pin = app.world.hall.staffPin;
  if (!pin) return;
  const sheet = new StaffSheet(app, changed);
  const pad = new PinPad(document.querySelector<HTMLElement>('[data-screen="staff-pad"]')!, pin, () => sheet.open());
  onCorner(() => {
    if (sheet.isTesting) return;
    before();
    sheet.close();
    pad.open();
  });
  app.router.onChange(() => {
    pad.close();
    sheet.close();
  });
}

function onCorner(opened: () => void): void {
  let taps: number[] = [];
  document.addEventListener("pointerdown", ({ clientX, clientY }) => {
    const corner = CORNER_REM * parseFloat(getComputedStyle(document.documentElement).fontSize);
    const now = Date.now();
    taps = clientX < corner && clientY < corner ? taps.filter((tap) => tap <= now && now - tap < WITHIN_MS).concat(now) : [];
    if (taps.length < TAPS) return;
    taps = [];
    opened();
  }, true);
}

/** The keys for the number. What is typed is never shown. */
class PinPad {
  private typed = "";
  private failures = 0;
  private lockedSince = -Infinity;
  private readonly line: HTMLElement;

  constructor(private readonly element: HTMLElement, private readonly pin: string, private readonly passed: () => void) {
    this.line = element.querySelector<HTMLElement>("[data-typed]")!;
    this.line.dataset.asked = this.line.textContent || "";
    element.addEventListener("click", (event) => {
      const key = event.target instanceof Element ? event.target.closest<HTMLElement>("button") : null;
      if (key) this.press(key);
    });
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.close());
  }

  open(): void {
    this.typed = "";
    this.element.hidden = false;
    this.tell(this.isLocked ? say("kiosk.staffLocked") : this.line.dataset.asked!);
  }

  close(): void {
    this.typed = "";
    this.element.hidden = true;
  }

  private press(key: HTMLElement): void {
    if ("close" in key.dataset) return this.close();
    if (this.isLocked) return this.tell(say("kiosk.staffLocked"));
    if ("enter" in key.dataset) return this.enter();
    this.typed = "erase" in key.dataset ? this.typed.slice(0, -1) : (this.typed + key.dataset.digit!).slice(0, 8);
    this.tell(this.typed ? "●".repeat(this.typed.length) : this.line.dataset.asked!);
  }

  private enter(): void {
    const isRight = this.typed === this.pin;
    this.typed = "";
    if (isRight) {
      this.failures = 0;
      this.close();
      this.passed();
      return;
    }
    this.failures++;
    if (this.failures >= TRIES) {
      this.failures = 0;
      this.lockedSince = Date.now();
    }
    this.tell(this.isLocked ? say("kiosk.staffLocked") : say("kiosk.staffWrong"));
  }

  /** A clock that is set back does not keep it closed for longer. */
  private get isLocked(): boolean {
    const since = Date.now() - this.lockedSince;
    return since >= 0 && since < LOCKED_MS;
  }

  private tell(text: string): void {
    this.line.textContent = text;
  }
}
