// Moments as staff read them: short, in figures, where the directory is.

import { dayAndMinute } from "../../schedule/clock";

const DAY_MS = 86_400_000;

/** `07:05`. */
export function clockText(minute: number): string {
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** `2026-11-25 07:05`. */
export function momentText(moment: number): string {
  const { day, minute } = dayAndMinute(moment);
  return `${new Date(day * DAY_MS).toISOString().slice(0, 10)} ${clockText(minute)}`;
}

function two(number: number): string {
  return `${number < 10 ? "0" : ""}${number}`;
}
