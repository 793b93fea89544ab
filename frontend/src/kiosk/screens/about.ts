// What the system is: its chapters, and first of all how far it has grown.

import { chooseTab, fillList } from "../cards/page-blocks";
import type { App } from "../core/app";
import { chapterPage, progressPage } from "../core/pages";
import type { Screen } from "../core/router";
import { ScrollPane } from "../widgets/scroll-pane";

export function aboutScreen(_app: App, element: HTMLElement): Screen {
  const read = element.querySelector<HTMLElement>(".k-read")!;
  const pane = new ScrollPane(read, element.querySelector<HTMLElement>("[data-mover]")!, element);
  const keys = Array.from(element.querySelector("[data-stock]")!.children) as HTMLElement[];
  return {
    name: "about",
    enter(_element, what, memory) {
      chooseTab(keys, memory, (name, own) => {
        read.textContent = "";
        read.appendChild((name && chapterPage(name)) || progressPage());
        pane.open(own);
      }, what);
      fillList(element, keys.length, (at) => keys[at]!, memory);
    },
    leave() {
      read.textContent = "";
    },
  };
}
