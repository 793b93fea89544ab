// Which screen is shown, and the way back. The rule: the way lives here and never in the browser's history, so that nobody
// can go back into what the visitor before them read.

/** What a screen keeps for when a visitor comes back to it: the page of a list, what was typed. Forgotten with the session. */
export type Memory = { [name: string]: unknown };

export interface Screen {
  /** Also the value of `data-screen` of its element. */
  name: string;
  /** Shows `what` (an id, a filter; empty: nothing in particular). Called each time it is entered, also on the way back. */
  enter(element: HTMLElement, what: string, memory: Memory): void;
  /** Lets go of what it holds: rows of cards, pictures, a map. */
  leave?(element: HTMLElement): void;
}

interface Stop {
  name: string;
  what: string;
  memory: Memory;
}

const LONGEST = 30; // stops that are remembered: nobody goes back further, and a child may tap all day

export class Router {
  private way: Stop[] = [];
  private readonly watchers: ((name: string, what: string) => void)[] = [];

  constructor(private readonly screens: readonly Screen[], private readonly elements: (name: string) => HTMLElement) {}

  get now(): string {
    const last = this.way[this.way.length - 1];
    return last ? last.name : "";
  }

  get canGoBack(): boolean {
    return this.way.length > 1;
  }

  /** Calls after each change. */
  onChange(watcher: (name: string, what: string) => void): void {
    this.watchers.push(watcher);
  }

  /** `position:lujia-centre`, `search`: as in `data-go`. What is not known is ignored. */
  follow(address: string): void {
    const [name, what] = parted(address);
    if (this.screen(name)) this.go(name, what);
  }

  go(name: string, what = ""): void {
    const last = this.way[this.way.length - 1];
    if (last && last.name === name && last.what === what) return;
    this.hide();
    this.way.push({ name, what, memory: {} });
    if (this.way.length > LONGEST) this.way.splice(1, 1); // the first is home
    this.show();
  }

  back(): void {
    if (!this.canGoBack) return;
    this.hide();
    this.way.pop();
    this.show();
  }

  /** To a screen from which no way leads back. */
  start(name: string): void {
    this.hide();
    this.way = [{ name, what: "", memory: {} }];
    this.show();
  }

  /** Goes on where another one was; `translated` are its addresses in this one's names. */
  follows(other: Router, translated: (what: string) => string): void {
    this.way = other.way.map(({ name, what, memory }) => ({ name, what: translated(what), memory }));
    this.show();
  }

  /** Nothing of it is shown any more; the way back stays known. */
  leave(): void {
    this.hide();
  }

  /** Shows the same anew: larger print leaves room for other things. */
  again(): void {
    this.hide();
    this.show();
  }

  private hide(): void {
    const last = this.way[this.way.length - 1];
    if (!last) return;
    const element = this.elements(last.name);
    const screen = this.screen(last.name)!;
    if (screen.leave) screen.leave(element);
    element.hidden = true;
  }

  private show(): void {
    const { name, what, memory } = this.way[this.way.length - 1]!;
    const element = this.elements(name);
    document.documentElement.dataset.at = name; // both before it is filled: lists and maps measure how much room they have
    element.hidden = false;
    this.screen(name)!.enter(element, what, memory);
    for (const watcher of this.watchers) watcher(name, what);
  }

  private screen(name: string): Screen | undefined {
    return this.screens.filter((screen) => screen.name === name)[0];
  }
}

function parted(address: string): [name: string, what: string] {
  const at = address.indexOf(":");
  return at < 0 ? [address, ""] : [address.slice(0, at), address.slice(at + 1)];
}
