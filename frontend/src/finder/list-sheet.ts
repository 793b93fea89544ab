// On phones the list lies as a sheet over the lower part of the screen and the map is above it. The sheet snaps to three heights:
// dragged, by a button, or by keys on its handle. Where there is room beside the map (wide screens, a phone on its side) or no map,
// the list stands in the page as ever.

import { make } from "../core/dom";
import { left } from "../core/left";
import { say } from "../core/words";

const HEIGHTS = ["peek", "half", "full"] as const;
type Height = (typeof HEIGHTS)[number];

const SMALL = "screen and (max-width: 959px)"; // as in list-sheet.css; never on paper
const LYING = "(orientation: landscape) and (min-width: 600px) and (max-height: 540px)";
const LEAST_ROOM = 16; // rem; with less beneath the header, which large letters make high, the page scrolls beneath the sheet
const SLOP = 6; // pixels a finger may slip in a tap
const FLICK = 0.4; // pixels a millisecond: beyond that the direction says where to, and not the spot
const TALL = 0.92; // of the window, where the page scrolls: the sheet at its highest
const LOW = 0.4; // at its lowest
const MAP = 0.28; // and the map at its lowest
const HALF = 0.55; // of the room

interface Drag {
  id: number;
  from: number;
  height: number;
  last: { y: number; at: number };
  speed: number;
  moved: boolean;
  sizes: Sizes;
}

type Sizes = { readonly [height in Height]: number };

/** What the screen has for map and list, in pixels. */
function roomIn(split: HTMLElement): { room: number; rem: number; isTight: boolean; half: number } {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const room = innerHeight - split.getBoundingClientRect().top - pageYOffset;
  const isTight = room < LEAST_ROOM * rem;
  return { room, rem, isTight, half: Math.round((isTight ? innerHeight : room) * HALF) };
}

function isSheet(): boolean {
  return matchMedia(SMALL).matches && !matchMedia(LYING).matches;
}

/** Before the map is made: it gets the room that the sheet will leave it, and need not be drawn twice. `undo` takes that back where
 * no list comes. */
export function makeRoom(split: HTMLElement): { undo: () => void } {
  const root = document.documentElement;
  const side = split.querySelector<HTMLElement>("[data-side]")!;
  const undo = (): void => {
    root.classList.remove("has-list-sheet");
    side.removeAttribute("style");
  };
  if (!isSheet()) return { undo };
  root.classList.add("has-list-sheet");
  const { room, isTight, half } = roomIn(split);
  if (isTight) undo(); // the page scrolls beneath it, and is laid out with the list
  else {
    root.style.setProperty("--map-room", `${room - half}px`);
    side.style.height = `${half}px`;
  }
  return { undo };
}

export class ListSheet {
  /** Holds the list. */
  readonly body = make("div", "list-body");
  /** Above it: the handle, the button, and room for a heading. */
  readonly grip = make("div", "list-grip");
  private readonly handle = make("div", "list-handle");
  private readonly step = make("button", "list-step");
  private readonly media = [SMALL, LYING].map((query) => matchMedia(query));
  private readonly tail: { element: Element; home: Element; next: Node | null }[] = [];
  private height: Height = "half";
  private isTucked = false;
  private isOn = false;
  private drag: Drag | null = null;
  private byFinger = false;
  private readonly isScreen: boolean; // the page is the map's; else the list stands in it as ever

  /** `room` becomes the sheet. `split` holds both; `resized` is told when the map has another height. */
  constructor(private readonly room: HTMLElement, private readonly split: HTMLElement, private readonly resized: () => void) {
    this.isScreen = split.parentElement!.classList.contains("is-screen");
    this.body.id = "find-list";
    this.handle.tabIndex = 0;
    this.handle.setAttribute("role", "slider");
    this.handle.setAttribute("aria-orientation", "vertical");
    this.handle.setAttribute("aria-label", say("sheet.handle"));
    this.handle.setAttribute("aria-valuemin", "0");
    this.handle.setAttribute("aria-valuemax", String(HEIGHTS.length - 1));
    this.step.type = "button";
    for (const part of [this.handle, this.step]) {
      part.setAttribute("aria-controls", this.body.id);
      this.grip.appendChild(part);
    }
    room.textContent = "";
    room.appendChild(this.grip);
    room.appendChild(this.body);
    this.listen();
  }

  /** Begins once the map and a first list stand. */
  start(): void {
    const lay = (): void => this.lay();
    for (const query of this.media) query.addListener(lay); // Safari before 14 has no addEventListener here
    addEventListener("resize", lay);
    document.addEventListener("haitang:display", lay);
    const before = left();
    const height = before && HEIGHTS.filter((each) => each === before.height)[0];
    if (height) this.height = height;
    this.lay();
    // Large letters: the header alone fills the window.
    if (document.documentElement.classList.contains("is-tight") && !pageYOffset) this.split.parentElement!.scrollIntoView();
  }

  /** Out of the map's way, or high enough to read in. Does nothing where the list is no sheet. */
  show(height: Height): void {
    if (!this.isOn || (height === this.height && !this.isTucked)) return;
    this.isTucked = false;
    this.height = height;
    this.settle();
  }

  /** Nothing of it but its head, while a card of the map or a spot to tap wants the room. */
  tuck(): void {
    if (!this.isOn || this.isTucked) return;
    this.isTucked = true;
    this.height = "peek";
    this.settle();
  }

  private listen(): void {
    const { grip, handle, step, body, room } = this;
    step.addEventListener("click", () => this.show(HEIGHTS[(this.at() + 1) % HEIGHTS.length]!));
    handle.addEventListener("keydown", (event) => this.key(event));
    for (const part of [grip, body]) part.addEventListener("pointerdown", (event) => this.begin(event, part));
    document.addEventListener("pointermove", (event) => this.move(event)); // a quick mouse leaves the sheet at once
    for (const type of ["pointerup", "pointercancel"] as const) document.addEventListener(type, (event) => this.end(event));
    room.addEventListener("dragstart", (event) => this.isOn && event.preventDefault()); // links would be dragged instead
    // What the keyboard reaches below the edge of a low sheet must be seen.
    room.addEventListener("focusin", (event) => {
      if (!this.byFinger && this.height === "peek" && body.contains(event.target as Node)) this.show("half");
    });
    document.addEventListener("keydown", () => (this.byFinger = false), true);
    document.addEventListener("pointerdown", () => (this.byFinger = true), true);
  }

  private at(): number {
    return HEIGHTS.indexOf(this.height);
  }

  private key(event: KeyboardEvent): void {
    const steps: { [key: string]: number } = { ArrowUp: this.at() + 1, ArrowRight: this.at() + 1, ArrowDown: this.at() - 1, ArrowLeft: this.at() - 1, Home: 0, End: HEIGHTS.length - 1 };
    const to = steps[event.key];
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.show(HEIGHTS[Math.max(0, Math.min(HEIGHTS.length - 1, to))]!);
  }

  /** Whether there is a sheet at all, and everything that follows from it. */
  private lay(): void {
    const map = this.split.firstElementChild as HTMLElement;
    const isOn = this.isScreen && isSheet() && map.getClientRects().length > 0 && map.firstElementChild!.getClientRects().length > 0;
    if (isOn !== this.isOn) {
      this.isOn = isOn;
      document.documentElement.classList.toggle("has-list-sheet", isOn);
      this.takeTail(isOn);
      if (isOn) {
        this.room.setAttribute("role", "region");
        this.room.setAttribute("aria-label", say("sheet.list"));
      } else for (const name of ["role", "aria-label", "style"]) this.room.removeAttribute(name);
    }
    if (isOn) this.settle();
    else this.resized();
  }

  /** What stands below the map and the page, the legend and the footer, follows the list: nothing scrolls behind a sheet. */
  private takeTail(isOn: boolean): void {
    if (!isOn) {
      for (const { element, home, next } of this.tail.splice(0)) home.insertBefore(element, next);
      return;
    }
    for (const element of [this.split.querySelector("figcaption"), document.querySelector("body > footer, [role=contentinfo]")]) {
      if (!element) continue;
      this.tail.push({ element, home: element.parentElement!, next: element.nextSibling });
      this.body.appendChild(element);
    }
  }

  private settle(): void {
    const { room, handle, step, height } = this;
    const sizes = this.sizes();
    const shown = Math.min(sizes.half, sizes[height]);
    const above = this.split.offsetTop - this.split.parentElement!.offsetTop; // the buttons
    const map = sizes.isTight ? Math.round(Math.max(innerHeight * MAP, innerHeight - shown - above)) : sizes.room - shown;
    const root = document.documentElement;
    root.classList.toggle("is-tight", sizes.isTight);
    root.style.setProperty("--map-room", `${map}px`);
    root.style.setProperty("--below", `${sizes.half}px`);
    room.dataset.height = height;
    room.style.height = `${sizes[height]}px`;
    const names = { peek: say("sheet.peek"), half: say("sheet.half"), full: say("sheet.full") };
    const steps = { peek: say("sheet.toHalf"), half: say("sheet.toFull"), full: say("sheet.toPeek") };
    handle.setAttribute("aria-valuenow", String(this.at()));
    handle.setAttribute("aria-valuetext", names[height]);
    step.setAttribute("aria-expanded", String(height !== "peek"));
    step.textContent = steps[height];
    if (height === "peek") this.body.scrollTop = 0;
    this.resized();
  }

  /** In pixels. The lowest holds the first card; what stands above it is hidden then, see list-sheet.css. It is measured only where
   * it is asked for: the whole page is laid out for it. */
  private sizes(): Sizes & { room: number; isTight: boolean } {
    const { room, rem, isTight, half } = roomIn(this.split);
    const peek = (): number => {
      const wanted = this.grip.offsetHeight + (this.isTucked ? 0 : this.firstCard(rem / 2));
      return Math.round(Math.min(wanted, isTight ? innerHeight * LOW : half * 0.9));
    };
    let low = -1;
    return { get peek() { return low < 0 ? (low = peek()) : low; }, half, full: Math.round(isTight ? innerHeight * TALL : room), room, isTight };
  }

  /** How high the first card is while nothing else is seen. */
  private firstCard(margin: number): number {
    const { height } = this.room.dataset;
    this.room.dataset.height = "peek";
    const card = this.body.querySelector<HTMLElement>(".card, .empty");
    const high = card ? card.offsetHeight + margin : 0;
    if (height) this.room.dataset.height = height;
    return high;
  }

  private begin(event: PointerEvent, part: HTMLElement): void {
    const scrolls = part === this.body && this.height !== "peek"; // there a finger moves the list
    if (!this.isOn || this.drag || scrolls || event.button) return;
    const { clientY: y, timeStamp: at, pointerId: id } = event;
    this.drag = { id, from: y, height: this.room.offsetHeight, last: { y, at }, speed: 0, moved: false, sizes: this.sizes() };
  }

  private move(event: PointerEvent): void {
    const { drag, room } = this;
    if (!drag || event.pointerId !== drag.id) return;
    const { clientY: y, timeStamp: at } = event;
    if (!drag.moved && Math.abs(y - drag.from) < SLOP) return;
    if (!drag.moved) {
      drag.moved = true;
      room.classList.add("is-dragged");
      room.setPointerCapture(drag.id); // from now on no tap on what lies beneath the finger
    }
    if (at > drag.last.at) drag.speed = (drag.last.y - y) / (at - drag.last.at);
    drag.last = { y, at };
    const { peek, full } = drag.sizes;
    room.style.height = `${Math.max(peek, Math.min(full, drag.height + drag.from - y))}px`;
  }

  private end(event: PointerEvent): void {
    const { drag, room } = this;
    if (!drag || event.pointerId !== drag.id) return;
    this.drag = null;
    if (!drag.moved) return;
    room.classList.remove("is-dragged");
    const height = room.offsetHeight;
    const { sizes } = drag;
    const nearest = HEIGHTS.slice().sort((a, b) => Math.abs(sizes[a] - height) - Math.abs(sizes[b] - height))[0]!;
    const isFlick = Math.abs(drag.speed) > FLICK && event.timeStamp - drag.last.at < 100;
    const up = HEIGHTS.filter((each) => sizes[each] > height)[0] || "full";
    const below = HEIGHTS.filter((each) => sizes[each] < height);
    this.height = !isFlick ? nearest : drag.speed > 0 ? up : below[below.length - 1] || "peek";
    // The click that follows a drag is meant for nothing.
    const swallow = (click: Event): void => {
      click.preventDefault();
      click.stopPropagation();
    };
    addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, true));
    this.isTucked = false;
    this.settle();
  }
}
