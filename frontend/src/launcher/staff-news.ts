// What staff set at one screen and what is told to them, as it passes between the app and the launcher and as it is kept. The rule:
// both sides make it anew from what they know; what is not known, or can be no such value, is left out.

import { isCode, isLanguage, isRelease } from "./protocol";

/** Over what the hall says; what is left out is the hall's. */
export interface Settings {
  /** Per cent of the screen's own, 30 to 100. */
  brightness?: number;
  /** Minutes of the day between which the screen is dimmed; twice the same: never. */
  night?: [from: number, until: number];
  /** Per cent, of what is read aloud and of media. */
  volume?: number;
  /** What the screen speaks while nobody is there, and to whoever comes. */
  language?: string;
}

/** What happened: the launcher's page was opened, a release came onto the screen, one was not taken, an app fell silent, did not
 * start, made too many errors or made one; nothing could be shown; staff opened the page anew or went back a release. */
export const HAPPENED = ["start", "shown", "refused", "silent", "failed", "errors", "error", "trouble", "restart", "back"] as const;
export type Happened = (typeof HAPPENED)[number];

/** `at`: the last time, in ms since 1970 by this machine's clock; `id`: a release, or the short word of an error; `n`: how often. */
export interface Entry {
  at: number;
  what: Happened;
  id: string;
  n: number;
}

export const MOST_ENTRIES = 40;
export const MOST_TIMES = 999;
const DAY_MINUTES = 24 * 60;

type Fields = { [name: string]: unknown };

function fields(data: unknown): Fields {
  return typeof data === "object" && data !== null ? (data as Fields) : {};
}

function isWhole(value: unknown, from: number, until: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= from && value <= until;
}

export function settingsOf(data: unknown): Settings {
  const { brightness, night, volume, language } = fields(data);
  const settings: Settings = {};
  if (isWhole(brightness, 30, 100)) settings.brightness = brightness;
  if (isWhole(volume, 0, 100)) settings.volume = volume;
  if (isLanguage(language)) settings.language = language;
  const [from, until] = Array.isArray(night) && night.length === 2 ? (night as unknown[]) : [];
  if (isWhole(from, 0, DAY_MINUTES - 1) && isWhole(until, 0, DAY_MINUTES - 1)) settings.night = [from, until];
  return settings;
}

/** The newest last. */
export function entriesOf(data: unknown): Entry[] {
  const entries: Entry[] = [];
  for (const one of Array.isArray(data) ? (data as unknown[]).slice(-MOST_ENTRIES) : []) {
    const { at, what, id, n } = fields(one);
    const isNamed = id === "" || isRelease(id) || isCode(id);
    const known = HAPPENED.filter((name) => name === what)[0];
    if (known && isNamed && isWhole(at, 0, 1e14) && isWhole(n, 1, MOST_TIMES)) entries.push({ at, what: known, id, n });
  }
  return entries;
}
