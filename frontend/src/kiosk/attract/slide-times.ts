// When one of the hall's own slides is shown: on its days, at its hours. What has neither is always shown; what has one is not
// shown where the clock cannot be believed.

import { dayNumber } from "../../schedule/calendar";
import { dayOf, readHours, type Now, type Span } from "../../schedule/opening-hours";

const DAY = 1440;

/** As the `data-` attributes of templates/kiosk/screens/own-slides.html: days as YYYY-MM-DD, and hours as those of places. */
export interface Times {
  from?: string;
  until?: string;
  times?: string;
}

/** `now`: null where nobody knows it. */
export function holdsAt({ from, until, times }: Times, now: Now | null): boolean {
  if (!from && !until && !times) return true;
  if (!now || (from && now.day < numberOf(from)) || (until && now.day > numberOf(until))) return false;
  return !times || isIn(times, now);
}

/** Whatever holidays do to places: a slide keeps its weekday's hours where its own say nothing of them. */
function isIn(times: string, now: Now): boolean {
  const hours = readHours(times);
  if (!hours) return false;
  const on = (offset: number): Span[] => {
    const { spans, usual, unsure } = dayOf(hours, now.day + offset, now.calendar);
    return unsure ? usual : spans;
  };
  const covers = (spans: Span[], minute: number): boolean => spans.some(([start, end]) => start <= minute && minute < end);
  return covers(on(0), now.minute) || covers(on(-1), now.minute + DAY);
}

function numberOf(date: string): number {
  const [year, month, day] = date.split("-").map(Number) as [number, number, number];
  return dayNumber(year, month, day);
}
