// What a visitor takes along: the public page's address as a code for their phone.

import type { Host } from "../core/host";
import { code } from "./qr";

export function showCodes(root: ParentNode, host: Host): void {
  root.querySelectorAll<HTMLElement>("[data-code]").forEach((place) => {
    host.count("qr");
    if (place.firstChild) return;
    const picture = code(place.dataset.code!);
    picture.setAttribute("aria-label", place.dataset.label || "");
    place.appendChild(picture);
  });
}
