// Fields over the whole screen, to its very corners, each to be touched: it shows where the screen saw the finger, and ends by
// itself when nobody touches it any more.

import { make } from "../../core/dom";
import { fill } from "../../core/words";
import type { Said } from "./said";

const LEAVES_MS = 60_000;
const LONG = 9; // fields along the longer side; odd, so that the key to end it lies within the middle one
const SHORT = 5;

export class TouchTest {
  private readonly fields: HTMLElement;
  private readonly spot: HTMLElement;
  private leaving = 0;
  private columns = SHORT;
  private rows = LONG;

  constructor(private readonly element: HTMLElement, private readonly said: Said) {
    this.fields = element.querySelector<HTMLElement>("[data-fields]")!;
    this.spot = element.querySelector<HTMLElement>("[data-spot]")!;
    for (const name of ["pointerdown", "pointermove"] as const) {
      element.addEventListener(name, (event) => (name === "pointerdown" || event.pressure > 0) && this.seen(event));
    }
    element.querySelector("[data-end]")!.addEventListener("click", () => this.close());
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.close());
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  open(): void {
    [this.columns, this.rows] = innerWidth > innerHeight ? [LONG, SHORT] : [SHORT, LONG];
    this.fields.textContent = "";
    for (let row = 0; row < this.rows; row++) {
      const line = this.fields.appendChild(make("div", ""));
      for (let column = 0; column < this.columns; column++) line.appendChild(make("i", ""));
    }
    this.spot.hidden = true;
    this.tell("");
    this.element.hidden = false;
    this.stay();
  }

  close(): void {
    clearTimeout(this.leaving);
    this.element.hidden = true;
    this.fields.textContent = "";
  }

  private stay(): void {
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => this.close(), LEAVES_MS) as unknown as number;
  }

  private seen({ clientX, clientY }: PointerEvent): void {
    this.stay();
    const row = within(this.rows, clientY / innerHeight);
    const column = within(this.columns, clientX / innerWidth);
    this.fields.children[row]!.children[column]!.classList.add("is-seen");
    const box = this.element.getBoundingClientRect(); // moved by some pixels against burn-in
    this.spot.hidden = false;
    this.spot.style.left = `${clientX - box.left}px`;
    this.spot.style.top = `${clientY - box.top}px`;
    this.tell(fill(this.said.seenAt, { x: Math.round(clientX), y: Math.round(clientY) }));
  }

  private tell(where: string): void {
    const count = this.rows * this.columns - this.fields.querySelectorAll(".is-seen").length;
    this.element.querySelector("[data-unseen]")!.textContent = count ? fill(this.said.left, { count }) : this.said.allSeen;
    this.element.querySelector("[data-where]")!.textContent = where;
  }
}

/** Which of so many fields a share of the side lies in. */
function within(count: number, share: number): number {
  return Math.max(0, Math.min(count - 1, Math.floor(share * count)));
}
