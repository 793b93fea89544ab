// The display settings of every page: one tap for the simple version, and a panel with all the choices.

import { line, make } from "../../core/dom";
import { say } from "../../core/words";
import { script } from "../../data/loader";
import { tintBrowser } from "./browser-bar";
import { apply, changed, CHOICES, effective, plain, remember, remembered, type Settings } from "./settings";

/** The map and others hear of each change. */
const EVENT = "haitang:display";
const CLOSE = "M6 6l12 12M18 6L6 18";

/** Serves the buttons of the header. */
export function startDisplay(): void {
  const box = document.querySelector<HTMLElement>("[data-display]");
  const elder = box && box.querySelector<HTMLButtonElement>("[data-elder-switch]");
  const opener = box && box.querySelector<HTMLButtonElement>("[data-display-open]");
  if (box && elder && opener) new Display(box, elder, opener);
}

class Display {
  private settings = remembered();
  private panel: HTMLElement | null = null;

  constructor(
    private readonly box: HTMLElement,
    private readonly elder: HTMLButtonElement,
    private readonly opener: HTMLButtonElement,
  ) {
    opener.setAttribute("aria-expanded", "false");
    elder.addEventListener("click", () => this.choose("elder", this.settings.elder === "on" ? "off" : "on"));
    opener.addEventListener("click", () => this.toggle(!this.isOpen()));
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.isOpen()) return;
      event.stopPropagation();
      this.toggle(false);
      opener.focus();
    });
    document.addEventListener("click", (event) => {
      if (this.isOpen() && !box.contains(event.target as Node)) this.toggle(false);
    });
    // Another tab changed them, or this page comes back from the browser's memory.
    window.addEventListener("storage", () => this.adopt(remembered()));
    window.addEventListener("pageshow", (event) => event.persisted && this.adopt(remembered()));
    this.reflect();
  }

  private isOpen(): boolean {
    return this.panel !== null && !this.panel.hidden;
  }

  private toggle(open: boolean): void {
    if (open && !this.panel) {
      this.panel = this.build();
      this.box.appendChild(this.panel);
    }
    if (this.panel) this.panel.hidden = !open;
    this.opener.setAttribute("aria-expanded", String(open));
    this.reflect();
  }

  /** Beside the button, but whole on the screen: nobody knows how long the name of the site is. */
  private place(panel: HTMLElement): void {
    panel.style.marginLeft = "";
    const over = panel.getBoundingClientRect().right - document.documentElement.clientWidth + 8;
    if (!panel.hidden && over > 8) panel.style.marginLeft = `${-over}px`;
  }

  private choose(name: keyof Settings, value: string): void {
    const next = changed(this.settings, name, value);
    remember(next);
    this.adopt(next);
  }

  private adopt(settings: Settings): void {
    this.settings = settings;
    apply(settings, document.documentElement);
    this.reflect();
    document.dispatchEvent(new CustomEvent(EVENT, { detail: effective(settings) }));
  }

  /** Buttons and panel show what is set. */
  private reflect(): void {
    this.elder.setAttribute("aria-pressed", String(this.settings.elder === "on"));
    tintBrowser(this.settings.theme);
    if (!this.panel) return;
    const seen = effective(this.settings);
    this.panel.querySelectorAll<HTMLInputElement>("input[type=radio]").forEach((input) => {
      input.checked = seen[input.dataset["name"] as keyof Settings] === input.value;
    });
    this.place(this.panel);
  }

  private build(): HTMLElement {
    const panel = make("div", "display-panel");
    panel.id = "display-panel";
    panel.setAttribute("role", "group");
    panel.setAttribute("aria-label", say("display.title"));
    panel.appendChild(this.head());
    panel.appendChild(this.choices("size", say("display.size"), [say("display.sizeNormal"), say("display.sizeLarge"), say("display.sizeXlarge")]));
    panel.appendChild(this.choices("contrast", say("display.contrast"), [say("display.contrastNormal"), say("display.contrastHigh")]));
    panel.appendChild(this.choices("theme", say("display.theme"), [say("display.themeSystem"), say("display.themeLight"), say("display.themeDark")]));
    panel.appendChild(this.choices("reading", say("display.reading"), [say("display.readingAll"), say("display.readingText")]));
    const foot = make("div", "display-foot");
    const reset = make("button", "btn", say("display.reset"));
    reset.type = "button";
    reset.addEventListener("click", () => {
      remember(plain());
      this.adopt(plain());
    });
    foot.appendChild(reset);
    panel.appendChild(foot);
    void this.offerSpeech(foot);
    return panel;
  }

  /** Where it is not to be had the panel goes without. */
  private offerSpeech(foot: HTMLElement): Promise<void> {
    return script(document.documentElement.dataset.site || "", "speech").then(() => {
      const reader = window.HAITANG!["speech"] as { offerSpeech(place: HTMLElement, started: () => void): void };
      reader.offerSpeech(foot, () => this.toggle(false));
    }, (why: Error) => console.warn(why.message));
  }

  private head(): HTMLElement {
    const head = make("div", "display-head");
    head.appendChild(make("p", "display-title", say("display.title")));
    const close = make("button", "display-close");
    close.type = "button";
    close.setAttribute("aria-label", say("display.close"));
    close.appendChild(line(CLOSE));
    close.addEventListener("click", () => {
      this.toggle(false);
      this.opener.focus();
    });
    head.appendChild(close);
    return head;
  }

  /** A question and its answers, the names in the order of CHOICES. */
  private choices(name: keyof Settings, question: string, answers: readonly string[]): HTMLElement {
    const group = make("fieldset", `display-group is-${name}`);
    group.appendChild(make("legend", "", question));
    const row = make("div", "display-row");
    CHOICES[name].forEach((value, index) => {
      const label = make("label", "display-choice");
      const input = make("input", "");
      input.type = "radio";
      input.name = `display-${name}`;
      input.value = value;
      input.dataset["name"] = name;
      input.addEventListener("change", () => this.choose(name, value));
      label.appendChild(input);
      label.appendChild(make("span", `is-${value}`, answers[index]));
      row.appendChild(label);
    });
    group.appendChild(row);
    return group;
  }
}
