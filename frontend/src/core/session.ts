// What pages note in this tab's own storage. Anything may stand there: what is not what was noted is nothing.

export type Group = { [name: string]: unknown };

/** A group of values by name; an empty one where nothing can be kept. */
export function noted(key: string): Group {
  try {
    return asGroup(JSON.parse(sessionStorage.getItem(key) || "{}"));
  } catch {
    return {};
  }
}

export function note(key: string, group: Group): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(group));
  } catch {
    // Where nothing can be kept, Back leads to the page as it comes.
  }
}

export function asGroup(value: unknown): Group {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Group) : {};
}

/** A number of pixels, cards or levels; 0 for anything else. */
export function asCount(value: unknown): number {
  return typeof value === "number" && isFinite(value) && value > 0 ? value : 0;
}

export function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}
