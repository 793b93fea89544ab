// What was understood of a query that found nothing, in words.

import { say } from "../core/words";
import type { Found } from "./engine/search";

/** Empty where it is no more than what was typed. */
export function understood({ needs, chips, terms }: Pick<Found, "needs" | "chips" | "terms">): string {
  const words = [...needs.map(({ need }) => need.name), ...chips.map(({ name }) => name)];
  if (terms.length > 1) for (const { text } of terms) if (words.indexOf(text) < 0) words.push(text);
  return words.length ? say("search.understood", { words: words.join(" · ") }) : "";
}
