// Every word the map shows comes from the page (`data-words`), so that a language is a file of words and not of code.

export interface Words {
  label: string;
  help: string;
  zoomIn: string;
  zoomOut: string;
  all: string;
  wheel: string;
  note: string;
  cluster: string;
  clusterRough: string;
  tierCount: string;
  separator: string;
  tiers: string[];
  position: string;
  positionRough: string;
  rough: string;
  list: string;
  listRough: string;
  open: string;
  close: string;
  inView: string;
  noneInView: string;
  kilometres: string;
  metres: string;
}

const KEYS: (keyof Words)[] = [
  "label", "help", "zoomIn", "zoomOut", "all", "wheel", "note", "cluster", "clusterRough", "tierCount", "separator", "tiers",
  "position", "positionRough", "rough", "list", "listRough", "open", "close", "inView", "noneInView", "kilometres", "metres",
];

/** Throws when a word is missing: a button without a name must not reach anybody. */
export function readWords(json: string | undefined): Words {
  const words = JSON.parse(json || "{}") as Words;
  const missing = KEYS.filter((key) => words[key] === undefined);
  if (missing.length) throw new Error(`data-words lacks ${missing.join(", ")}`);
  return words;
}

/** Puts values into the `{names}` of a text. */
export function fill(text: string, values: { [name: string]: string | number }): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}
