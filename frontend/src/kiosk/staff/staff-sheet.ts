// The sheet behind the number, a page at a time: how this screen fares, what can be done, what can be set, what happened, what was
// counted. It closes by itself.

import { make } from "../../core/dom";
import type { Settings } from "../../launcher/staff-news";
import type { App } from "../core/app";
import type { News } from "../core/host";
import { Pager } from "../widgets/pager";
import { ActionsPage } from "./actions-page";
import { CountsPage } from "./counts-page";
import { eventText } from "./events";
import { momentText } from "./moments";
import { saidBy, type Said } from "./said";
import { SettingsPage } from "./settings-page";
import { StatePage } from "./state-page";
import { TouchTest } from "./touch-test";

const LEAVES_MS = 60_000;
const SHOWN_EVENTS = 10;

export class StaffSheet {
  private readonly element = document.querySelector<HTMLElement>('[data-screen="staff"]')!;
  private readonly said: Said = saidBy(this.element);
  private readonly state = new StatePage(this.pane("state"), this.said);
  private readonly actions: ActionsPage;
  private readonly settings: SettingsPage;
  private readonly counts: CountsPage;
  private readonly touches = new TouchTest(document.querySelector<HTMLElement>('[data-screen="touch-test"]')!, this.said);
  private leaving = 0;
  private news: News | null = null;

  constructor(private readonly app: App, changed: (settings: Settings) => void) {
    this.actions = new ActionsPage(this.pane("actions"), app.host, this.said);
    this.settings = new SettingsPage(this.pane("settings"), app.host, this.said, changed);
    this.counts = new CountsPage(this.pane("counts"), app.host);
    this.element.querySelector("[data-close]")!.addEventListener("click", () => this.close());
    this.element.querySelector("[data-touch]")!.addEventListener("click", () => this.touches.open());
    for (const tab of this.tabs) tab.addEventListener("click", () => this.turnTo(tab.dataset.page!));
    document.addEventListener("pointerdown", () => this.element.hidden || this.stay(), true);
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.close());
  }

  /** Its corner is a corner like others meanwhile. */
  get isTesting(): boolean {
    return this.touches.isOpen;
  }

  open(): void {
    this.element.hidden = false;
    this.stay();
    this.turnTo("state");
  }

  close(): void {
    clearTimeout(this.leaving);
    this.touches.close();
    this.element.hidden = true;
  }

  private stay(): void {
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => this.close(), LEAVES_MS) as unknown as number;
  }

  private turnTo(page: string): void {
    for (const tab of this.tabs) {
      const isIt = tab.dataset.page === page;
      if (isIt) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
      this.pane(tab.dataset.page!).hidden = !isIt;
    }
    if (page === "counts") this.counts.open();
    this.tell(this.news);
    void this.app.host.news().then((news) => news && !this.element.hidden && this.tell(news));
  }

  /** What the launcher knows. Until it has answered, and where none is or one from before it knew of staff, what is known without. */
  private tell(news: News | null): void {
    this.news = news;
    for (const tab of this.tabs) if ("told" in tab.dataset) tab.hidden = !news;
    this.state.show(news);
    this.actions.show(news);
    this.settings.show(news);
    this.list(news);
  }

  private list(news: News | null): void {
    const pane = this.pane("events");
    const log = news ? news.log.slice(-SHOWN_EVENTS).reverse() : [];
    pane.querySelector<HTMLElement>("[data-none]")!.hidden = !!log.length;
    const parts = { box: pane.querySelector<HTMLElement>("ol")!, keys: pane.querySelector<HTMLElement>("[data-turner]")! };
    new Pager(parts, log.length, (at) => {
      const item = make("li", "");
      item.appendChild(make("b", "", momentText(log[at]!.at)));
      item.appendChild(make("span", "", eventText(log[at]!, this.said)));
      return item;
    });
  }

  private get tabs(): HTMLButtonElement[] {
    return Array.from(this.element.querySelectorAll<HTMLButtonElement>("[data-page]"));
  }

  private pane(page: string): HTMLElement {
    return this.element.querySelector<HTMLElement>(`[data-pane="${page}"]`)!;
  }
}
