// A text as a QR code, drawn in the page itself. White and near-black in every colour scheme, or a phone would not read it.

import { modules } from "../../core/qr-code";

const SVG = "http://www.w3.org/2000/svg";

/** The dark modules as one path of rows, and how many modules the whole is wide, its quiet zone included. */
export function drawn(text: string): { size: number; path: string } {
  const { size, isDark } = modules(text);
  let path = "";
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const from = column;
      while (isDark(row, column)) column++;
      if (column > from) path += `M${from} ${row}h${column - from}v1h-${column - from}z`;
    }
  }
  return { size, path };
}

/** Has no name of its own: the caller gives `aria-label`, for it knows what is behind the code. Throws above MOST bytes. */
export function code(text: string): SVGSVGElement {
  const { size, path } = drawn(text);
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("role", "img");
  picture.setAttribute("viewBox", `0 0 ${size} ${size}`);
  picture.setAttribute("shape-rendering", "crispEdges");
  for (const [fill, d] of [["#ffffff", `M0 0h${size}v${size}h-${size}z`], ["#1a1012", path]]) {
    const part = picture.appendChild(document.createElementNS(SVG, "path"));
    part.setAttribute("fill", fill!);
    part.setAttribute("d", d!);
  }
  return picture;
}
