// How a visitor wants to read: larger, with more contrast, lower, aloud. Each way is an attribute of <html> that the style sheets
// look at; all of them are gone with the visitor.

import type { Speaker } from "../page/speech";
import { volume } from "./core/own-settings";
import { onVoice, screenText } from "./read-aloud";

const WAYS = { large: ["size", "large"], contrast: ["contrast", "high"], low: ["reach", "low"] } as const;
type Way = keyof typeof WAYS;

export class Display {
  private readonly sheet = document.querySelector<HTMLElement>('[data-screen="display"]')!;
  private readonly opener = document.querySelector<HTMLElement>("[data-display]")!;
  private speaker: Speaker | null = null;
  private isChanging = false;

  /** `changed`: what is on the screen has another room now. */
  constructor(private readonly changed: () => void) {
    this.opener.addEventListener("click", () => (this.sheet.hidden ? this.open() : this.close()));
    this.sheet.querySelector("[data-close]")!.addEventListener("click", () => this.close());
    for (const key of this.keys) key.addEventListener("click", () => this.press(key));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.sheet.hidden) return;
      this.close();
      this.opener.focus({ preventScroll: true });
    });
    onVoice((speaker) => {
      if (this.speaker && !speaker) this.speaker.stop();
      this.speaker = speaker;
      if (speaker) speaker.onStop(() => this.show());
      this.key("speak").hidden = !speaker;
    });
  }

  get isLarge(): boolean {
    return this.is("large");
  }

  reset(): void {
    const { dataset } = document.documentElement;
    const changes = (Object.keys(WAYS) as Way[]).some((way) => this.is(way));
    for (const way of Object.keys(WAYS) as Way[]) delete dataset[WAYS[way][0]];
    this.quiet();
    this.show();
    if (changes) this.changed();
  }

  /** Another screen is shown: what is being read aloud stops, and the panel has done its work. */
  quiet(): void {
    if (this.isChanging) return;
    if (this.speaker) this.speaker.stop();
    this.close();
  }

  private get keys(): HTMLButtonElement[] {
    return Array.from(this.sheet.querySelectorAll<HTMLButtonElement>("[data-way]"));
  }

  private key(way: string): HTMLButtonElement {
    return this.keys.filter((key) => key.dataset.way === way)[0]!;
  }

  private is(way: Way): boolean {
    const [name, value] = WAYS[way];
    return document.documentElement.dataset[name] === value;
  }

  private open(): void {
    this.show();
    this.sheet.hidden = false;
    this.opener.setAttribute("aria-expanded", "true");
  }

  private close(): void {
    this.sheet.hidden = true;
    this.opener.setAttribute("aria-expanded", "false");
  }

  private press(key: HTMLElement): void {
    const way = key.dataset.way as Way | "speak";
    if (way === "speak") this.speak();
    else this.change(way);
    this.show();
  }

  private change(way: Way): void {
    const [name, value] = WAYS[way];
    const { dataset } = document.documentElement;
    if (this.is(way)) delete dataset[name];
    else dataset[name] = value;
    this.isChanging = true; // the same screen is shown anew, and the panel stays
    try {
      this.changed();
    } finally {
      this.isChanging = false;
    }
  }

  private speak(): void {
    if (!this.speaker) return;
    const screen = document.querySelector(".k-screen:not([hidden])");
    if (this.speaker.isSpeaking) this.speaker.stop();
    else if (screen) {
      this.speaker.volume = volume();
      this.speaker.start(screenText(screen));
    }
  }

  /** The keys say what holds. */
  show(): void {
    for (const key of this.keys) {
      const way = key.dataset.way as Way | "speak";
      const on = way === "speak" ? !!this.speaker && this.speaker.isSpeaking : this.is(way);
      key.setAttribute("aria-pressed", String(on));
    }
  }
}
