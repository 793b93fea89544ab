// A long text that is moved by two keys, where hands reach them, and by a finger on the text itself. Where a visitor was, they
// find again on the way back.

import type { Memory } from "../core/router";

const KEY = "scrolled";
const STEP = 0.8; // of what is seen: the last lines stay in sight

export class ScrollPane {
  private memory: Memory = {};

  /** `keys` hold `[data-move=up]` and `[data-move=down]`; `room` is the screen, which makes room for them by `is-long`. */
  constructor(private readonly box: HTMLElement, private readonly keys: HTMLElement, private readonly room: HTMLElement) {
    this.key("up").onclick = () => this.move(-STEP);
    this.key("down").onclick = () => this.move(STEP);
    box.addEventListener("scroll", () => this.tell(), { passive: true });
    document.addEventListener("haitang:display", () => room.hidden || this.measure());
  }

  /** For another text in the box. */
  open(memory: Memory): void {
    this.memory = memory;
    this.measure();
    this.box.scrollTop = (memory[KEY] as number | undefined) || 0;
    this.tell();
  }

  private measure(): void {
    this.show(false);
    this.show(this.box.scrollHeight > this.box.clientHeight + 1);
    this.tell();
  }

  private show(isLong: boolean): void {
    this.keys.hidden = !isLong;
    this.room.classList.toggle("is-long", isLong);
  }

  private move(step: number): void {
    this.box.scrollTop += step * this.box.clientHeight;
    this.tell();
  }

  private tell(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.box;
    if (this.room.hidden) return; // a box that is not shown has no height, and would forget
    const atEnd = scrollTop + clientHeight >= scrollHeight - 1;
    this.key("up").disabled = scrollTop <= 0;
    this.key("down").disabled = atEnd;
    this.box.classList.toggle("has-more", !atEnd);
    this.memory[KEY] = scrollTop;
  }

  private key(name: "up" | "down"): HTMLButtonElement {
    return this.keys.querySelector<HTMLButtonElement>(`[data-move=${name}]`)!;
  }
}
