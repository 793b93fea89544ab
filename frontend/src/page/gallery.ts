// A page's photos shown large, one after the other. Without this script each is a link to its file, and stays one for whoever
// opens it in a new window. The address and the history are left alone: on a hall's screen they would only grow.

import { button, line, make } from "../core/dom";
import { say } from "../core/words";

const CLOSE = "M6 6l12 12M18 6L6 18";
const PREVIOUS = "M15 5l-7 7 7 7";
const NEXT = "M9 5l7 7-7 7";
const LEAST_SWIPE = 40; // px
const INERT = "inert"; // younger browsers let nobody look behind the dialog; in older ones `keepFocus` does

class Gallery {
  private readonly view = make("div", "gallery");
  private readonly count = make("p", "gallery-count");
  private readonly stage = make("div", "gallery-stage");
  private readonly told = make("div", "gallery-told");
  private readonly keys: HTMLButtonElement[];
  private at = 0;
  private from: { id: number; x: number; y: number } | null = null;

  constructor(private readonly links: HTMLAnchorElement[]) {
    this.keys = [
      key("", say("gallery.close"), CLOSE, () => this.close()),
      key("gallery-step", say("gallery.previous"), PREVIOUS, () => this.show(this.at - 1)),
      key("gallery-step", say("gallery.next"), NEXT, () => this.show(this.at + 1)),
    ];
    this.build();
  }

  private build(): void {
    const { view, stage } = this;
    view.setAttribute("role", "dialog");
    view.setAttribute("aria-modal", "true");
    view.setAttribute("aria-label", say("gallery.label"));
    view.classList.toggle("is-single", this.links.length === 1);
    view.tabIndex = -1;
    this.told.setAttribute("aria-live", "polite");
    this.told.tabIndex = 0; // in large print it may have to be scrolled, by keys too
    const head = make("div", "gallery-head");
    const foot = make("div", "gallery-foot");
    const [close, previous, next] = this.keys;
    head.append(this.count, close!);
    foot.append(previous!, this.told, next!);
    view.append(head, stage, foot);
    view.addEventListener("keydown", (event) => this.key(event));
    stage.addEventListener("pointerdown", (event) => this.touch(event));
    stage.addEventListener("pointerup", (event) => this.release(event));
    stage.addEventListener("pointercancel", () => (this.from = null));
  }

  open(index: number): void {
    this.behind((element) => element.setAttribute(INERT, ""));
    document.body.appendChild(this.view);
    document.documentElement.classList.add("has-gallery");
    this.show(index);
    this.keys[0]!.focus({ preventScroll: true });
  }

  private close(): void {
    this.view.remove();
    this.stage.textContent = "";
    document.documentElement.classList.remove("has-gallery");
    this.behind((element) => element.removeAttribute(INERT));
    this.links[this.at]!.focus();
  }

  private behind(act: (element: Element) => void): void {
    Array.from(document.body.children).forEach((element) => {
      if (element !== this.view && element.tagName !== "SCRIPT") act(element);
    });
  }

  /** Round and round: who goes on from the last one sees the first again. */
  private show(index: number): void {
    const count = this.links.length;
    this.at = (index + count) % count;
    const link = this.links[this.at]!;
    this.count.textContent = say("gallery.count", { number: this.at + 1, count });
    this.stage.textContent = "";
    this.stage.appendChild(large(link));
    this.told.textContent = "";
    const caption = link.parentElement!.querySelector("figcaption");
    if (caption) Array.from(caption.childNodes).forEach((part) => this.told.appendChild(part.cloneNode(true)));
    if (count > 1) large(this.links[(this.at + 1) % count]!); // is fetched though it stands nowhere
  }

  private key(event: KeyboardEvent): void {
    const steps: { [key: string]: number } = {
      ArrowLeft: this.at - 1,
      ArrowRight: this.at + 1,
      Home: 0,
      End: this.links.length - 1,
    };
    if (event.altKey || event.ctrlKey || event.metaKey) return; // Alt and an arrow is the browser's own
    if (event.key === "Escape") this.close();
    else if (event.key in steps) this.show(steps[event.key]!);
    else if (event.key === "Tab") this.keepFocus(event.shiftKey);
    else return;
    event.preventDefault();
  }

  private keepFocus(backwards: boolean): void {
    const [close, previous, next] = this.keys;
    const round: HTMLElement[] = this.links.length > 1 ? [close!, previous!, this.told, next!] : [close!, this.told];
    const now = round.indexOf(document.activeElement as HTMLElement);
    round[(now + (backwards ? -1 : 1) + round.length) % round.length]!.focus();
  }

  private touch(event: PointerEvent): void {
    // A second finger means to look closer, not to go on.
    this.from = this.from || !event.isPrimary ? null : { id: event.pointerId, x: event.clientX, y: event.clientY };
  }

  private release(event: PointerEvent): void {
    const from = this.from;
    this.from = null;
    if (!from || from.id !== event.pointerId || isEnlarged()) return;
    const [across, down] = [event.clientX - from.x, event.clientY - from.y];
    if (Math.abs(across) >= LEAST_SWIPE && Math.abs(across) > 2 * Math.abs(down)) this.show(this.at + (across < 0 ? 1 : -1));
  }
}

function key(className: string, name: string, path: string, act: () => void): HTMLButtonElement {
  const made = button(`gallery-key ${className}`, name, act);
  made.appendChild(line(path));
  return made;
}

/** Whoever looks closer moves the picture and does not leave it. */
function isEnlarged(): boolean {
  const viewport = (window as { visualViewport?: { scale: number } | null }).visualViewport;
  return Boolean(viewport && viewport.scale > 1.05);
}

/** The picture of a link, as large as the screen asks for. The largest file is WebP, so the smaller AVIFs are left out. */
function large(link: HTMLAnchorElement): HTMLElement {
  const small = link.querySelector("img")!;
  const shape = Number(small.getAttribute("width")) / Number(small.getAttribute("height"));
  const picture = make("picture", "");
  const source = link.querySelector<HTMLSourceElement>('source[type="image/webp"]');
  if (source) {
    const own = source.cloneNode() as HTMLSourceElement;
    own.sizes = `${Math.ceil(Math.min(innerWidth, innerHeight * shape))}px`;
    picture.appendChild(own);
  }
  const image = make("img", "");
  image.alt = small.alt;
  image.draggable = false;
  picture.appendChild(image);
  image.src = small.getAttribute("src")!; // last, so that the browser has its choice
  return picture;
}

export function startGallery(): void {
  const links = Array.from(document.querySelectorAll<HTMLAnchorElement>("a[data-photo]"));
  let gallery: Gallery | null = null; // made when it is asked for: the words may come after this script

  links.forEach((link, index) => {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      gallery = gallery || new Gallery(links);
      event.preventDefault();
      gallery.open(index);
    });
  });
}
