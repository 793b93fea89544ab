// A list that is turned by two keys, as many at a time as there is room for: nothing to scroll, everything within reach. Names
// wrap as they need to, so how many fit is measured and not known.

import type { Memory } from "./router";
import { say } from "../words";

export interface PagedParts {
  /** What the cards stand in; its height is all the room there is. */
  box: HTMLElement;
  /** `[data-turn=back]`, `[data-turn=on]` and `[data-turned]`, which tells where one is. */
  keys: HTMLElement;
}

const KEY = "page-starts";

/** Takes over what is in the box. `count` items, each made when it is shown. */
export class Paged {
  private starts: number[] = [0];
  private shown = 0;

  constructor(
    private readonly parts: PagedParts,
    private readonly count: number,
    private readonly card: (index: number) => HTMLElement,
    private readonly memory: Memory = {},
  ) {
    const kept = memory[KEY] as number[] | undefined;
    if (kept && kept[kept.length - 1]! < count) this.starts = kept;
    const { keys } = parts;
    key(keys, "back").onclick = () => this.back();
    key(keys, "on").onclick = () => this.on();
    this.show();
  }

  /** For larger print, or a box of another height. */
  again(): void {
    this.starts = [0];
    this.show();
  }

  private on(): void {
    const next = this.first + this.shown;
    if (next >= this.count) return;
    this.starts.push(next);
    this.show();
  }

  private back(): void {
    if (this.starts.length < 2) return;
    this.starts.pop();
    this.show();
  }

  private get first(): number {
    return this.starts[this.starts.length - 1]!;
  }

  private show(): void {
    const { box, keys } = this.parts;
    box.textContent = "";
    keys.hidden = this.starts.length < 2;
    let at = this.first;
    for (; at < this.count; at++) {
      const card = this.card(at);
      box.appendChild(card);
      if (box.scrollHeight > box.clientHeight + 1 && at > this.first) {
        box.removeChild(card);
        break;
      }
    }
    if (at < this.count && keys.hidden) {
      keys.hidden = false; // they take room of their own
      while (at - 1 > this.first && box.scrollHeight > box.clientHeight + 1) {
        box.removeChild(box.lastChild!);
        at--;
      }
    }
    this.shown = at - this.first;
    this.memory[KEY] = this.starts;
    const more = at < this.count;
    key(keys, "back").disabled = this.starts.length < 2;
    key(keys, "on").disabled = !more;
    keys.hidden = !more && this.starts.length < 2;
    const told = keys.querySelector<HTMLElement>("[data-turned]")!;
    told.textContent = this.count ? say("kiosk.turned", { first: this.first + 1, last: at, count: this.count }) : "";
  }
}

function key(keys: HTMLElement, name: "back" | "on"): HTMLButtonElement {
  return keys.querySelector<HTMLButtonElement>(`[data-turn=${name}]`)!;
}
