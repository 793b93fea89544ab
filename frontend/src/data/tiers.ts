// The tiers of the directory, as assets/words.js tells them: the highest first, and last those of which nobody knows the tier. A
// column's number is a place in these lists; haitang/site/exports/browser_places.py writes both.

export interface Tiers {
  /** As in addresses. */
  id: string[];
  /** How each is drawn: the symbol of the page's sprite, `#f-centre`, and the end of its classes, `mark-centre`. */
  look: string[];
  name: string[];
}

export const UNKNOWN = "unknown";

export function tiers(): Tiers {
  return window.HAITANG!["tiers"] as unknown as Tiers;
}

export function lookOf(tier: number): string {
  return tiers().look[tier] || UNKNOWN;
}

/** By the id of a tier. */
export function lookOfId(id: string): string {
  return lookOf(tiers().id.indexOf(id));
}

export function tierName(tier: number): string {
  return tiers().name[tier] || "";
}
