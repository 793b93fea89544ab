// A wall of brands, each with its own cover.

import { fillList } from "../cards/page-blocks";
import type { App } from "../core/app";
import { showPhotos } from "../core/photos";
import type { Screen } from "../core/router";

const FEW = 4; // covers that share the room there is

export function brandsScreen({ host }: App, element: HTMLElement): Screen {
  const covers = Array.from(element.querySelector("[data-stock]")!.children) as HTMLElement[];
  element.querySelector(".k-wall")!.classList.toggle("is-few", covers.length <= FEW);
  return {
    name: "brands",
    enter(_element, _what, memory) {
      fillList(element, covers.length, (at) => {
        const cover = covers[at]!.cloneNode(true) as HTMLElement;
        showPhotos(cover, host);
        return cover;
      }, memory);
    },
    leave() {
      element.querySelector("[data-cards]")!.textContent = "";
    },
  };
}
