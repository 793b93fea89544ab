// What was counted, as staff read it and carry it away: whole numbers under a day and a name, and nothing else. What comes from
// the page around us is checked first: anybody may have written it.

import { isCounted, isDay, type Days } from "../../launcher/protocol";
import { dayNumber } from "../../schedule/calendar";

const MOST_COUNT = 1_000_000_000;
const MOST_DAYS = 400;

/** Only days, names that may be counted and whole numbers, the oldest day first. */
export function cleaned(days: Days): Days {
  const found: Days = {};
  for (const day of Object.keys(days).filter(isDay).sort().slice(-MOST_DAYS)) {
    const counts = days[day];
    if (typeof counts !== "object" || !counts) continue;
    const kept: { [what: string]: number } = {};
    for (const what of Object.keys(counts).filter(isCounted).sort()) {
      const count = counts[what]!;
      if (Number.isInteger(count) && count > 0 && count < MOST_COUNT) kept[what] = count;
    }
    if (Object.keys(kept).length) found[day] = kept;
  }
  return found;
}

/** The names that were counted: how often somebody came first, then the rest in the order of letters. */
export function namesOf(days: Days): string[] {
  const names = new Set<string>();
  for (const day of Object.keys(days)) for (const what of Object.keys(days[day]!)) names.add(what);
  const rank = (what: string): string => `${what === "sessions" ? 0 : what.indexOf("screens.") === 0 ? 2 : 1}${what}`;
  return Array.from(names).sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** How often, on the last so many days up to and with today. */
export function sum(days: Days, what: string, today: number, last: number): number {
  let total = 0;
  for (const day of Object.keys(days)) {
    const [year, month, date] = day.split("-").map(Number) as [number, number, number];
    const age = today - dayNumber(year, month, date);
    if (age >= 0 && age < last) total += days[day]![what] || 0;
  }
  return total;
}

/** As lines of text in parts of at most `most` characters, each of them complete in itself: it says which one it is, what it
    comes from and what its columns are. */
export function exported(days: Days, from: string, most: number): string[] {
  const names = namesOf(days);
  const lines = Object.keys(days).map((day) => [day.replace(/-/g, ""), ...names.map((what) => days[day]![what] || 0)].join(" "));
  const columns = ["day", ...names.map((what) => what.replace("screens.", "s."))].join(" ");
  const room = most - `hthh-counts 1 99/99 ${from}\n${columns}`.length;
  const parts: string[][] = [[]];
  let used = 0;
  for (const line of lines) {
    if (used && used + line.length + 1 > room) {
      parts.push([]);
      used = 0;
    }
    parts[parts.length - 1]!.push(line);
    used += line.length + 1;
  }
  return parts.map((part, at) => [`hthh-counts 1 ${at + 1}/${parts.length} ${from}`, columns, ...part].join("\n"));
}
