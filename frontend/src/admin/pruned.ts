// What was left empty is not written: a box that was opened and left is no answer. Pure.

interface Collection {
  size?: number;
  length?: number;
  map(change: (value: unknown) => unknown): Collection;
  filter(isKept: (value: unknown) => boolean): Collection;
}

/** The value without empty texts, lists and groups in it; undefined where nothing is left. Blanks around a text go. Takes arrays
 * and the editor's own trees. */
export function pruned(value: unknown): unknown {
  if (typeof value === "string") return value.trim() || undefined;
  if (!isCollection(value)) return value ?? undefined;
  const kept = value.map(pruned).filter((inner) => inner !== undefined);
  return (kept.size ?? kept.length) ? kept : undefined;
}

function isCollection(value: unknown): value is Collection {
  return typeof value === "object" && value !== null && "map" in value && "filter" in value;
}
