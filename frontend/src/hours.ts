// Opening hours: pure, no page and no clock of its own, so that it can be tested by itself.

const DAY = 1440;
const CLOSING = 30; // minutes before the end from which it is "closing"

/** Seven days, Monday first; spans in minutes after that day's midnight. */
export type Week = [start: number, end: number][][];

export type State =
  | { kind: "always" }
  | { kind: "open" | "closing"; until: number }
  /** `next`: minutes after today's midnight of the next opening; null where there is none within a week. */
  | { kind: "closed"; next: number | null };

/** Reads `510-690+810-1020|…|`; null where hours are not known or not readable: then nothing must be claimed. */
export function readWeek(text: string): Week | null {
  const days = text.split("|");
  if (days.length !== 7) return null;
  const week: Week = [];
  for (const day of days) {
    const spans = day ? day.split("+").map((span) => /^(\d+)-(\d+)$/.exec(span)) : [];
    const read = spans.map((match) => (match ? [Number(match[1]), Number(match[2])] : [0, 0]) as [number, number]);
    if (read.some(([start, end]) => end <= start)) return null;
    week.push(read);
  }
  return week;
}

/** The state at a minute of a weekday (0 is Monday). */
export function stateAt(week: Week, weekday: number, minute: number): State {
  const spans = stretches(week, weekday);
  const now = spans.find(([start, end]) => start <= minute && minute < end);
  if (now) {
    const left = now[1] - minute;
    if (left > 6 * DAY) return { kind: "always" };
    return { kind: left <= CLOSING ? "closing" : "open", until: now[1] };
  }
  const next = spans.find(([start]) => start > minute);
  return { kind: "closed", next: next ? next[0] : null };
}

/** From yesterday (it may last past midnight) to a week ahead, in minutes after today's midnight; touching spans become one. */
function stretches(week: Week, weekday: number): [number, number][] {
  const all: [number, number][] = [];
  for (let day = -1; day <= 7; day++) {
    for (const [start, end] of week[(weekday + day + 7) % 7]!) all.push([day * DAY + start, day * DAY + end]);
  }
  all.sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const span of all) {
    const last = merged[merged.length - 1];
    if (last && span[0] <= last[1]) last[1] = Math.max(last[1], span[1]);
    else merged.push(span);
  }
  return merged;
}

/** `17:00`; the end of a day is 24:00 and not 00:00. */
export function clock(minutes: number): string {
  const rest = minutes % DAY || (minutes ? DAY : 0);
  return `${String(Math.floor(rest / 60)).padStart(2, "0")}:${String(rest % 60).padStart(2, "0")}`;
}
