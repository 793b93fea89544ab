// Small ways to make elements. Text goes in as text: no data ever becomes HTML here.

/** An element with a class, and text if there is any. */
export function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className: string, text = ""): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  element.className = className;
  if (text) element.textContent = text;
  return element;
}

export function button(className: string, name: string, act: () => void): HTMLButtonElement {
  const element = make("button", className);
  element.type = "button";
  element.setAttribute("aria-label", name);
  element.addEventListener("click", act);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

function svg(className: string, viewBox: string, child: string, attributes: { [name: string]: string }): SVGSVGElement {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("class", className);
  picture.setAttribute("viewBox", viewBox);
  picture.setAttribute("aria-hidden", "true");
  picture.setAttribute("focusable", "false");
  const inner = document.createElementNS(SVG, child);
  for (const name of Object.keys(attributes)) inner.setAttribute(name, attributes[name]!);
  picture.appendChild(inner);
  return picture;
}

/** A flower of the page's sprite, where the crabapple is drawn once for everything. */
export function flower(symbol: string, className: string): SVGSVGElement {
  return svg(className, "-52 -52 104 104", "use", { href: `#f-${symbol}`, x: "-52", y: "-52", width: "104", height: "104" });
}

/** A line drawing on a square of 24, for buttons. */
export function line(path: string): SVGSVGElement {
  return svg("map-line", "0 0 24 24", "path", { d: path });
}

/** Lets a tap be heard and a frame be painted between two pieces of work: on a slow phone each is a tenth of a second. */
export function yieldToBrowser(): Promise<void> {
  return new Promise((done) => {
    setTimeout(done);
  });
}

export function reducedMotion(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
