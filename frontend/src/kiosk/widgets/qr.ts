// A text as a QR code, drawn in the page itself: ECC M, as printed codes have it, and the four light modules around it that
// scanners look for (ISO/IEC 18004). White and near-black in every colour scheme, or a phone would not read it.

import qrcode from "qrcode-generator";

const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4; // modules
/** Bytes of a text that the largest code (version 40) holds with ECC M. */
export const MOST = 2331;

/** The dark modules as one path of rows, and how many modules the whole is wide, its quiet zone included. */
export function drawn(text: string): { size: number; path: string } {
  qrcode.stringToBytes = (from) => Array.from(new TextEncoder().encode(from)); // its own takes the low byte of a character
  const made = qrcode(0, "M");
  made.addData(text, "Byte");
  made.make();
  const count = made.getModuleCount();
  let path = "";
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      const from = column;
      while (column < count && made.isDark(row, column)) column++;
      if (column > from) path += `M${from + QUIET} ${row + QUIET}h${column - from}v1h-${column - from}z`;
    }
  }
  return { size: count + 2 * QUIET, path };
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
