// The search field as a combobox over the panel; search-field.ts brings it.

import { make } from "../core/dom";
import { say } from "../core/words";
import { Search, type Found } from "./engine/search";
import { findFurther } from "./further";
import { loadAnySearch } from "./loader";
import { MOST_HITS, SearchPanel } from "./search-panel";
import type { PartlyFound, SplitSearch } from "./split/split-search";
import { simplified } from "./traditional";
import { onTyped } from "./typed";

const SETTLED_MS = 700; // after the last key a screen reader may be told how many there are
const PAUSED_MS = 200; // after the last key the second step is taken: whoever types on need not wait for it
const LEAST_HEIGHT = 360; // pixels in which a panel is of use
const MARGIN = 16;
const SPARE = 8;
const LIMITS = { hits: MOST_HITS, blocks: 16 };

export class SearchBox {
  private readonly root: string;
  private readonly panel: SearchPanel;
  private readonly status = make("p", "unseen");
  private readonly composing: () => boolean;
  private search: Search | SplitSearch | null = null;
  private turn = 0;
  private asking = false;
  private shown: string | null = null;
  private active = -1;
  private telling = 0;
  private looking = 0;

  constructor(private readonly form: HTMLFormElement, private readonly field: HTMLInputElement) {
    this.root = form.getAttribute("action")!.replace(/search\.html$/, "");
    this.panel = new SearchPanel(`${field.id}-list`, this.root, form.dataset.phone || "", (query) => {
      field.value = query;
      field.focus();
      this.update();
    });
    this.status.setAttribute("role", "status");
    form.appendChild(this.status);
    form.appendChild(this.panel.element);
    field.setAttribute("aria-controls", this.panel.list.id);
    this.composing = onTyped(field, () => this.update());
    this.listen();
    if (document.activeElement === field) this.wake();
  }

  private listen(): void {
    const { form, field, panel } = this;
    field.addEventListener("focus", () => this.wake());
    field.addEventListener("mousedown", () => this.search && this.update()); // opens again what Escape closed
    field.addEventListener("keydown", (event) => this.key(event));
    // The field keeps the focus, and with it the keyboard of a phone, while a finger or a mouse is in the panel.
    panel.element.addEventListener("mousedown", (event) => event.preventDefault());
    panel.element.addEventListener("mousemove", (event) => {
      const option = (event.target as Element).closest("[role=option]");
      if (option) this.choose(panel.options.indexOf(option as HTMLAnchorElement), false);
    });
    field.addEventListener("blur", () => this.close());
    document.addEventListener("mousedown", (event) => {
      if (!form.contains(event.target as Node)) this.close();
    });
    if (window.visualViewport) window.visualViewport.addEventListener("resize", () => this.fit());
    // Back may bring the page as it was left; the first time, somebody may have typed before all pictures were there.
    window.addEventListener("pageshow", (event) => event.persisted && this.close());
  }

  /** Loads what is needed, once; what was typed in the meantime is answered then. Where that fails the form stays a form. */
  private wake(): void {
    if (this.search) return this.update();
    if (this.asking) return;
    this.asking = true;
    loadAnySearch(this.root).then((search) => {
      this.search = search;
      if (document.activeElement === this.field && !this.composing()) this.update();
    }, () => (this.asking = false));
  }

  private update(): void {
    if (!this.search) return this.wake();
    const query = this.field.value.trim();
    if (this.shown === query) return this.open();
    const turn = ++this.turn;
    const plain = simplified(this.root, query);
    if (typeof plain === "string") this.ask(this.search, turn, query, plain);
    else void plain.then((known) => this.search && turn === this.turn && this.ask(this.search, turn, query, known));
  }

  /** `plain`: the query as we write. */
  private ask(search: Search | SplitSearch, turn: number, query: string, plain: string): void {
    if (!query || search instanceof Search) return this.show(search, query, query ? (search as Search).find(plain) : null);
    const { list } = this.panel;
    const show = (found: PartlyFound, isLast: boolean): void => {
      if (turn !== this.turn || document.activeElement !== this.field) return;
      if (isLast) list.removeAttribute("aria-busy");
      this.show(search, query, found, isLast);
    };
    list.setAttribute("aria-busy", "true");
    search.find(plain, LIMITS, (found) => show(found, false)).then((found) => show(found, true), (why: unknown) => console.warn(String(why)));
  }

  /** `isLast`: nothing more will come of it. */
  private show(search: Search | SplitSearch, query: string, found: Found | PartlyFound | null, isLast = true): void {
    const count = this.panel.show(search, query, found);
    this.shown = isLast ? query : null;
    this.tell(count, found !== null && "complete" in found && !found.complete, found ? found.needs.length : 0);
    this.choose(-1);
    this.open();
    if (found && isLast) this.look(search, found);
  }

  /** The second step: what is fetched only once something was asked. */
  private look(search: Search | SplitSearch, found: Found): void {
    const { turn } = this;
    const { places } = search;
    const text = (row: number): string => `${places.name[row] || ""} ${places.towns[places.town[row]!]?.name || ""}`;
    clearTimeout(this.looking);
    this.looking = window.setTimeout(() => void findFurther(this.root, search.readings, found, text).then((further) => {
      if (turn === this.turn && !this.panel.element.hidden) this.panel.showFurther(further);
    }), PAUSED_MS);
  }

  private tell(count: number, partly = false, needs = 0): void {
    clearTimeout(this.telling);
    this.telling = window.setTimeout(() => {
      const open = !this.panel.element.hidden;
      this.status.textContent = !open || count < 0 ? "" : count ? partly ? say("search.foundSome", { count }) : say("search.found", { count })
        : needs ? say("search.foundNeeds", { count: needs }) : say("search.foundNone");
    }, SETTLED_MS);
  }

  private open(): void {
    const opens = this.panel.element.hidden;
    this.panel.element.hidden = false;
    if (opens) this.fit();
    this.field.setAttribute("aria-expanded", String(this.panel.options.length > 0));
  }

  /** A phone's keyboard takes half of what is seen: the field goes up if need be, and the panel scrolls in what is left. */
  private fit(): void {
    const { element } = this.panel;
    if (element.hidden) return;
    const seen = window.visualViewport ? window.visualViewport.height : window.innerHeight;
    const short = LEAST_HEIGHT - (seen - element.getBoundingClientRect().top);
    if (short > 0) window.scrollBy(0, Math.min(short, this.form.getBoundingClientRect().top - MARGIN));
    element.style.maxHeight = `${Math.max(seen - element.getBoundingClientRect().top - MARGIN, MARGIN * 10)}px`;
  }

  private close(): void {
    this.panel.element.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.choose(-1);
    this.tell(-1);
  }

  private key(event: KeyboardEvent): void {
    // Keys belong to the input method while it composes; 229 is how old browsers say so.
    if (this.composing() || event.isComposing || event.keyCode === 229 || event.altKey || event.ctrlKey || event.metaKey) return;
    const open = !this.panel.element.hidden;
    const last = this.panel.options.length - 1;
    const steps: { [key: string]: number } = {
      ArrowDown: this.active < last ? this.active + 1 : 0,
      ArrowUp: this.active > 0 ? this.active - 1 : last,
    };
    // Home and End move in the text until the arrows have moved into the list.
    if (this.active >= 0) Object.assign(steps, { Home: 0, End: last });
    const step = steps[event.key];
    if (step !== undefined && this.search) {
      event.preventDefault();
      if (!open) this.update();
      else this.choose(step);
    } else if (event.key === "Enter" && open && this.active >= 0) {
      event.preventDefault();
      this.panel.options[this.active]!.click();
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      this.close();
    }
  }

  /** Makes an option the active one; -1: none. */
  private choose(at: number, scroll = true): void {
    const { options, element } = this.panel;
    if (at === this.active && at >= 0) return;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    this.active = at;
    const option = options[at];
    if (!option) return this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-activedescendant", option.id);
    if (!scroll) return;
    const [box, room] = [option.getBoundingClientRect(), element.getBoundingClientRect()];
    const above = box.top - room.top - SPARE;
    const below = box.bottom - room.bottom + SPARE;
    if (above < 0) element.scrollTop += above;
    else if (below > 0) element.scrollTop += Math.min(below, above); // of one that is taller than the panel the beginning
  }
}
