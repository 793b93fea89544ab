// What staff set at this one screen (staff/), over what its hall says: the launcher keeps it and brings it back. Here it is what
// holds now; a screen without a launcher is as its hall says.

import type { Settings } from "../../launcher/staff-news";
import type { Hall } from "./hall";

let now: Settings = {};

export function ownSettings(): Settings {
  return now;
}

/** From here on it holds. The attract loop asks for the night by itself. */
export function holdSettings(settings: Settings): void {
  now = settings;
  const { style, classList } = document.documentElement;
  const dark = 1 - brightness() / 100;
  classList.toggle("is-dimmed", dark > 0); // sheet.css
  style.setProperty("--dark", String(dark));
  document.querySelectorAll<HTMLMediaElement>("audio, video").forEach(soften);
}

/** Per cent. */
export function brightness(): number {
  return now.brightness === undefined ? 100 : now.brightness;
}

/** A share of 1. */
export function volume(): number {
  return now.volume === undefined ? 1 : now.volume / 100;
}

export function nightOf(hall: Hall): Hall["night"] {
  return now.night || hall.night;
}

function soften(media: HTMLMediaElement): void {
  media.volume = volume();
}

/** Whatever plays, plays as loud as was set. */
export function softenMedia(): void {
  document.addEventListener("play", ({ target }) => target instanceof HTMLMediaElement && soften(target), true);
}
