// What is on the screen: the splash, the running app above it, or what the keeper should do. Their words stand in the page.

const PAINTED = 1_500; // a frame raised above another has been painted by then, on slow machines too

export class Screen {
  private readonly stage = place("stage");

  get title(): string {
    return this.stage.getAttribute("data-title") || "";
  }

  /** Behind everything: it loads and is laid out, and nobody sees it. */
  add(frame: HTMLIFrameElement): void {
    frame.setAttribute("aria-hidden", "true");
    frame.tabIndex = -1;
    this.stage.appendChild(frame);
  }

  /** Above everything. `after` takes away what was there, once the new has been painted over it. */
  show(frame: HTMLIFrameElement, after: (() => void) | null): void {
    frame.removeAttribute("aria-hidden");
    frame.removeAttribute("tabindex");
    frame.className = "frame is-live";
    if (after) setTimeout(after, PAINTED);
    setTimeout(() => frame.parentNode && this.choose(""), PAINTED);
  }

  splash(): void {
    this.choose("splash");
  }

  trouble(): void {
    this.choose("trouble");
  }

  private choose(id: string): void {
    for (const name of ["splash", "trouble"]) place(name).hidden = name !== id;
  }
}

function place(id: string): HTMLElement {
  return document.getElementById(id)!;
}

/** Nothing here is to be dragged, selected or opened by a long press; pinching is off in the style. */
export function lock(): void {
  for (const name of ["contextmenu", "dragstart", "selectstart"]) {
    document.addEventListener(name, (event) => event.preventDefault());
  }
  // A link without a way back: history stays at one entry.
  place("plain").addEventListener("click", (event) => {
    event.preventDefault();
    location.replace("plain.html");
  });
}
