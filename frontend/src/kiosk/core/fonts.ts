// The letters this kiosk brings along: a box in a hall may have no Chinese font at all.

import { kiosk } from "./hall";
import { bytes } from "./pages";

export const FAMILY = "Haitang";

export function loadFonts(): Promise<void> {
  const { fonts } = kiosk();
  const loaded = Object.keys(fonts).map((weight) => new FontFace(FAMILY, bytes(fonts[weight]!).buffer as ArrayBuffer, { weight }).load());
  return Promise.all(loaded).then((faces) => {
    for (const face of faces) document.fonts.add(face);
    document.dispatchEvent(new CustomEvent("haitang:display")); // what was measured is measured again
  });
}
