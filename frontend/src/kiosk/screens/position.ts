// One place: its page as it was written at build time.

import type { App } from "../app";
import type { Screen } from "../router";
import { positionPage } from "../written";

export function positionScreen({ world }: App, element: HTMLElement): Screen {
  const page = element.querySelector<HTMLElement>("[data-page]")!;
  return {
    name: "position",
    enter(_element, what) {
      const row = world.places.id.indexOf(what);
      page.textContent = "";
      if (row >= 0) page.appendChild(positionPage(row));
    },
    leave() {
      page.textContent = "";
    },
  };
}
