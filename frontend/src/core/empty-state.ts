// Nothing here, and that is said kindly: the same picture and classes as `empty` in templates/parts/pieces.html.

import { make } from "./dom";

const SVG = "http://www.w3.org/2000/svg";
const TWIGS = [
  "M-124 40C-70 44-20 30 30 6 62-10 92-16 124-14M-42 34C-36 18-36 4-44-8M46-1C54 12 58 22 56 34",
  "M88-16C90-18 92-20 93-22",
];
// The closed bud of the sprite: not every page carries that.
const BUD = "M0-40C14-28 20-13 17 2 15 11 8 17 0 17S-15 11-17 2C-20-13-14-28 0-40zM0 17C2 30 7 38 16 46";
// x, y, size, turn
const BUDS = [[-48, -22, 0.423, 200], [56, 44, 0.385, 20], [96, -30, 0.385, 190]] as const;

export function emptyState(title: string, text: string): HTMLElement {
  const element = make("div", "empty");
  const words = make("div", "");
  words.appendChild(make("p", "empty-title", title));
  if (text) words.appendChild(make("p", "", text));
  element.appendChild(picture());
  element.appendChild(words);
  return element;
}

function picture(): SVGSVGElement {
  const art = document.createElementNS(SVG, "svg");
  art.setAttribute("class", "empty-art");
  art.setAttribute("viewBox", "-130 -60 260 120");
  art.setAttribute("aria-hidden", "true");
  const add = (attributes: { [name: string]: string }): void => {
    const part = document.createElementNS(SVG, "path");
    for (const name of Object.keys(attributes)) part.setAttribute(name, attributes[name]!);
    art.appendChild(part);
  };
  for (const d of TWIGS) add({ class: "twig", d });
  for (const [x, y, size, turn] of BUDS) add({ class: "f-line", d: BUD, transform: `translate(${x} ${y})rotate(${turn})scale(${size})` });
  return art;
}
