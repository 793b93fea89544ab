// A list that is turned by two keys, as many at a time as there is room for: nothing to scroll, everything within reach. Names
// wrap as they need to, so how many fit is measured and not known.

import { say } from "../../core/words";
import type { Memory } from "../core/router";
import { fittingCount } from "./fitting";

export interface PagerParts {
  /** What the cards stand in; its height is all the room there is. */
  box: HTMLElement;
  /** `[data-turn=back]`, `[data-turn=on]` and `[data-turned]`, which tells where one is. */
  keys: HTMLElement;
}

const KEY = "page-starts";
const AT_ONCE = 4;

/** Takes over what is in the box. `count` items, each made when it is shown. */
export class Pager {
  private starts: number[] = [0];
  private shown = 0;

  constructor(
    private readonly parts: PagerParts,
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
    this.shown = 0;
    this.fill();
    if (this.first + this.shown < this.count && keys.hidden) {
      keys.hidden = false; // they take room of their own
      this.trim();
    }
    this.memory[KEY] = this.starts;
    const at = this.first + this.shown;
    const more = at < this.count;
    key(keys, "back").disabled = this.starts.length < 2;
    key(keys, "on").disabled = !more;
    keys.hidden = !more && this.starts.length < 2;
    const told = keys.querySelector<HTMLElement>("[data-turned]")!;
    told.textContent = this.count ? say("kiosk.turned", { first: this.first + 1, last: at, count: this.count }) : "";
  }

  /** Some cards at a time until one has no room: measuring lays the page out, which takes longer than making a card. */
  private fill(): void {
    const { box } = this.parts;
    let at = this.first;
    while (at < this.count && this.shown === at - this.first) {
      const until = Math.min(this.count, at + AT_ONCE);
      const some = document.createDocumentFragment();
      while (at < until) some.appendChild(this.card(at++));
      box.appendChild(some);
      this.shown = at - this.first;
      this.trim();
    }
  }

  /** Takes away what is not wholly seen; the first card stays in any case. */
  private trim(): void {
    const { box } = this.parts;
    this.shown = Math.max(Math.min(this.shown, 1), fittingCount(box, this.shown));
    while (box.children.length > this.shown) box.removeChild(box.lastChild!);
  }
}

function key(keys: HTMLElement, name: "back" | "on"): HTMLButtonElement {
  return keys.querySelector<HTMLButtonElement>(`[data-turn=${name}]`)!;
}
