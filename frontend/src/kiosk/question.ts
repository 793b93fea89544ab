// "Are you still there?", with the seconds that are left and one large key.

import { fill } from "../words";

export class Question {
  private readonly left: HTMLElement;
  private readonly text: string;

  constructor(private readonly element: HTMLElement, stay: () => void) {
    this.left = element.querySelector<HTMLElement>("[data-left]")!;
    this.text = this.left.dataset.left!;
    element.querySelector("button")!.addEventListener("click", stay);
  }

  /** Once a second; in the words of the page. */
  ask(seconds: number): void {
    this.left.textContent = fill(this.text, { seconds });
    this.element.hidden = false;
  }

  close(): void {
    this.element.hidden = true;
  }
}
