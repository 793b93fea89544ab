// The words of the map, checked as a whole before anything is drawn.

const KEYS = [
  "label", "help", "zoomIn", "zoomOut", "all", "wheel", "note", "north", "approval", "cluster", "clusterRough", "tierCount",
  "separator", "position", "positionRough", "rough", "list", "listRough", "open", "close", "inView", "noneInView", "kilometres",
  "metres", "choose", "chooseMiddle", "chooseCancel", "self", "nowhere", "stop",
] as const;

export type Words = { [key in (typeof KEYS)[number]]: string };

/** Throws when a word is missing: a button without a name must not reach anybody. */
export function readWords(): Words {
  const all = window.HAITANG && (window.HAITANG["words"] as { map?: Words } | undefined);
  const words = ((all && all.map) || {}) as Words;
  const missing = KEYS.filter((key) => words[key] === undefined);
  if (missing.length) throw new Error(`assets/words.js lacks ${missing.join(", ")}`);
  return words;
}
