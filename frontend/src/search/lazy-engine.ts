// The code of the search, which only those load who search. data/engine.js brings it; where the directory comes in blocks,
// data/split.js what looks through them.

import { exists, script } from "../data/loader";
import type { Lost, Meant } from "./meant";

/** What data/engine.js puts down for a field without a finder: entries/data/engine.ts. */
export interface SearchEngine {
  openBox(form: HTMLFormElement, field: HTMLInputElement): void;
  meantBy(root: string, lost: Lost): Promise<Meant[]>;
}

/** Loads the code, once. Rejects where it is not to be had, and may then be asked again. */
export async function bringEngine(root: string): Promise<SearchEngine> {
  const isSplit = await exists(root, "overview");
  await Promise.all([script(root, "engine"), isSplit ? script(root, "split") : null]);
  return window.HAITANG!["engine"] as SearchEngine;
}
