// The letters this kiosk brings along: a box in a hall may have no Chinese font at all. A further language brings those that are
// new in it.

import { kiosk } from "./hall";
import { bytes } from "./pages";

export const FAMILY = "Haitang";

/** `characters`: as in `unicode-range`; none: all. */
export function loadFonts(characters = ""): Promise<void> {
  const { fonts } = kiosk();
  const loaded = Object.keys(fonts).map((weight) => {
    const range = characters ? { unicodeRange: characters } : {};
    return new FontFace(FAMILY, bytes(fonts[weight]!).buffer as ArrayBuffer, { weight, ...range }).load();
  });
  return Promise.all(loaded).then((faces) => {
    for (const face of faces) document.fonts.add(face);
    document.dispatchEvent(new CustomEvent("haitang:display")); // what was measured is measured again
  });
}
