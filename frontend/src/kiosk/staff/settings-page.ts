// What staff set at this one screen, over what its hall says: how bright, when it is night, how loud, which language. What was not
// set stays the hall's; one key gives everything back to it.

import { fill } from "../../core/words";
import type { Settings } from "../../launcher/staff-news";
import { kiosk } from "../core/hall";
import type { Host, News } from "../core/host";
import { ownSettings } from "../core/own-settings";
import { clockText } from "./moments";
import type { Said } from "./said";

type Night = [from: number, until: number];
const STEP = 10;
const DARKEST = 30;
const HALF_HOUR = 30;
const DAY = 24 * 60;
const USUAL_NIGHT: Night = [22 * 60, 7 * 60]; // where neither the hall nor staff have said one

export class SettingsPage {
  /** `changed`: they hold from now on. */
  constructor(
    private readonly element: HTMLElement,
    private readonly host: Host,
    private readonly said: Said,
    private readonly changed: (settings: Settings) => void,
  ) {
    element.addEventListener("click", ({ target }) => {
      const key = target instanceof Element ? target.closest<HTMLElement>("button") : null;
      if (key) this.press(key.dataset);
    });
  }

  show(news: News | null): void {
    this.element.querySelector<HTMLElement>("[data-unkept]")!.textContent = news && !news.kept ? this.said.notKept : "";
    this.tell();
  }

  private press({ set, step, rest, again, never }: DOMStringMap): void {
    const settings = Object.assign({}, ownSettings());
    const by = Number(step);
    const night = nightNow();
    if (set === "brightness") settings.brightness = within(DARKEST, shareOf(settings.brightness) + by * STEP);
    else if (set === "volume") settings.volume = within(0, shareOf(settings.volume) + by * STEP);
    else if (set === "from") settings.night = night ? [turned(night[0] + by * HALF_HOUR), night[1]] : USUAL_NIGHT;
    else if (set === "until") settings.night = night ? [night[0], turned(night[1] + by * HALF_HOUR)] : USUAL_NIGHT;
    else if (rest !== undefined) settings.language = rest;
    else if (never !== undefined) settings.night = [0, 0];
    this.take(again === undefined ? settings : {});
  }

  private take(settings: Settings): void {
    this.changed(settings);
    this.host.keep(settings);
    this.tell();
  }

  private tell(): void {
    const own = ownSettings();
    const { hall } = kiosk();
    const night = nightNow();
    const hours = (part: 0 | 1, of: Night | null): string => (of ? clockText(of[part]) : this.said.never);
    this.row("brightness", this.percent(shareOf(own.brightness)), own.brightness, this.percent(100));
    this.row("volume", this.percent(shareOf(own.volume)), own.volume, this.percent(100));
    this.row("from", hours(0, night), own.night, hours(0, hall.night));
    this.row("until", hours(1, night), own.night, hours(1, hall.night));
    const first = document.documentElement.lang;
    this.element.querySelectorAll<HTMLElement>("[data-rest]").forEach((key) => {
      key.setAttribute("aria-pressed", String(key.dataset.rest === (own.language || first)));
    });
    this.element.querySelector<HTMLButtonElement>("[data-again]")!.disabled = !Object.keys(own).length;
  }

  /** `own`: what staff set, if anything. */
  private row(name: string, value: string, own: unknown, hall: string): void {
    const row = this.element.querySelector(`[data-setting="${name}"]`)!;
    row.querySelector("[data-value]")!.textContent = value;
    row.querySelector("[data-hall]")!.textContent = own === undefined ? this.said.asHall : fill(this.said.hallSays, { value: hall });
    row.classList.toggle("is-own", own !== undefined);
  }

  private percent(share: number): string {
    return fill(this.said.percent, { share });
  }
}

/** What holds; null where the screen is never dimmed. */
function nightNow(): Night | null {
  const night = ownSettings().night || kiosk().hall.night;
  return night && night[0] !== night[1] ? night : null;
}

function shareOf(set: number | undefined): number {
  return set === undefined ? 100 : set;
}

function within(least: number, share: number): number {
  return Math.max(least, Math.min(100, share));
}

function turned(minute: number): number {
  return (minute + DAY) % DAY;
}
