// What staff can have done: look for a newer release, go back one, open the page anew. All of it is the launcher's; without one
// these keys are not there.

import { fill } from "../../core/words";
import type { ErrandName, Outcome } from "../../launcher/protocol";
import type { Host, News } from "../core/host";
import type { Said } from "./said";

export class ActionsPage {
  private readonly told: HTMLElement;

  constructor(private readonly element: HTMLElement, private readonly host: Host, private readonly said: Said) {
    this.told = element.querySelector<HTMLElement>("[data-told]")!;
    for (const errand of ["update", "previous", "restart"] as const) this.key(errand).addEventListener("click", () => this.run(errand));
  }

  show(news: News | null): void {
    this.element.querySelector<HTMLElement>("[data-alone]")!.hidden = !!news;
    for (const errand of ["update", "previous", "restart"] as const) this.key(errand).hidden = !news;
    const previous = news ? news.previous : "";
    this.key("previous").hidden = !previous;
    this.key("previous").querySelector("span")!.textContent = fill(this.said.backTo, { id: previous });
    this.tell(news && !previous ? this.said.noneBefore : "");
  }

  private run(errand: ErrandName): void {
    this.enable(false);
    this.tell(this.said.asking[errand]);
    this.host.run(errand, (outcome, id) => {
      this.enable(outcome !== "taken"); // the screen changes in a moment
      this.tell(this.outcomeText(errand, outcome, id));
    });
  }

  private outcomeText(errand: ErrandName, outcome: Outcome, id: string): string {
    const text = errand === "previous" && outcome === "taken" ? this.said.wentBack : this.said.found[outcome];
    return fill(text, { id });
  }

  private enable(may: boolean): void {
    for (const errand of ["update", "previous", "restart"] as const) this.key(errand).disabled = !may;
  }

  private key(errand: ErrandName): HTMLButtonElement {
    return this.element.querySelector<HTMLButtonElement>(`[data-errand="${errand}"]`)!;
  }

  private tell(text: string): void {
    this.told.textContent = text;
  }
}
