// "Are you still there?", with the seconds that are left and one large key. It leaves the bar below it free: home is always there.

import { fill } from "../core/words";

const COUNTDOWN = 30; // seconds, as in session.ts
const LEAVE_MS = 300;

export class IdleWarning {
  private readonly left: HTMLElement;
  private readonly line: HTMLElement;
  private readonly key: HTMLButtonElement;
  private readonly text: string;
  private leaving = 0;

  constructor(private readonly element: HTMLElement, stay: () => void) {
    this.left = element.querySelector<HTMLElement>("[data-left]")!;
    this.line = element.querySelector<HTMLElement>("[data-line]")!;
    this.key = element.querySelector("button")!;
    this.text = this.left.dataset.left!;
    this.key.addEventListener("click", stay);
    element.addEventListener("click", (event) => event.stopPropagation());
  }

  /** Once a second; in the words of the page. */
  ask(seconds: number): void {
    this.left.textContent = fill(this.text, { seconds });
    this.line.style.transform = `scaleX(${Math.max(0, Math.min(1, seconds / COUNTDOWN))})`;
    const isAsking = !this.element.hidden && !this.element.classList.contains("is-leaving");
    if (isAsking) return;
    clearTimeout(this.leaving);
    this.element.classList.remove("is-leaving");
    this.element.hidden = false;
    this.key.focus({ preventScroll: true });
  }

  /** The touch that answers is all used up by that: it does not reach the key beneath. */
  close(): void {
    if (this.element.hidden) return;
    this.element.classList.add("is-leaving");
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => (this.element.hidden = true), LEAVE_MS) as unknown as number;
  }
}
