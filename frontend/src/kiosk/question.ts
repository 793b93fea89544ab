// "Are you still there?", with the seconds that are left and one large key. It leaves the bar below it free: home is always there.

import { fill } from "../words";

const COUNTDOWN = 30; // seconds, as in session.ts

export class Question {
  private readonly left: HTMLElement;
  private readonly line: HTMLElement;
  private readonly key: HTMLButtonElement;
  private readonly text: string;

  constructor(private readonly element: HTMLElement, stay: () => void) {
    this.left = element.querySelector<HTMLElement>("[data-left]")!;
    this.line = element.querySelector<HTMLElement>("[data-line]")!;
    this.key = element.querySelector("button")!;
    this.text = this.left.dataset.left!;
    this.key.addEventListener("click", stay);
  }

  /** Once a second; in the words of the page. */
  ask(seconds: number): void {
    this.left.textContent = fill(this.text, { seconds });
    this.line.style.transform = `scaleX(${Math.max(0, Math.min(1, seconds / COUNTDOWN))})`;
    if (!this.element.hidden) return;
    this.element.hidden = false;
    this.key.focus({ preventScroll: true });
  }

  close(): void {
    this.element.hidden = true;
  }
}
