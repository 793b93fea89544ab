// The same question on the visitor's own phone: a code of the public site's page, in the language of the screen. Where nobody says
// where that site is, there is none.

import type { World } from "../core/hall";
import { code } from "./qr";

export class HandOver {
  private shown = "";

  /** `place` is `[data-hand-over]` of a screen, hidden until there is something to hand over. */
  constructor(private readonly world: World, private readonly place: HTMLElement) {}

  /** `page` is below the root of the site's language: `needs/shebao.html`, `search.html?q=lj`. */
  show(page: string): void {
    const { hall } = this.world;
    if (!hall.public || page === this.shown) return;
    const box = this.place.querySelector<HTMLElement>("[data-hand-over-code]")!;
    box.textContent = "";
    const address = hall.public + page;
    const picture = box.appendChild(code(address));
    picture.setAttribute("aria-label", this.place.dataset.label!);
    this.place.dataset.handOver = address;
    this.place.hidden = false;
    this.shown = page;
  }

  /** Nothing of what was asked stays in the page. */
  clear(): void {
    this.shown = "";
    this.place.hidden = true;
    this.place.dataset.handOver = "";
    this.place.querySelector("[data-hand-over-code]")!.textContent = "";
  }
}
