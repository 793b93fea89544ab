// Traditional characters as ours: 陸家 is 陆家. The table (data/traditional.js, by haitang/site/exports/search/browser_traditional.py)
// is fetched once somebody types a character that is not in GB 2312.

import { scriptIfAny } from "../data/loader";
import { compareIn } from "./engine/query";

const HAN = /[\u3400-\u9fff]/;
let table: Map<string, string> | null = null;
let plainHan: Set<string> | null = null;

/** What a query is as we write; at once where there is nothing to fetch for it. */
export function simplified(root: string, query: string): string | Promise<string> {
  if (table || !Array.from(query).some(isForeign)) return now(query);
  return scriptIfAny(root, "traditional").then(() => {
    const packed = window.HAITANG!["traditional"] as unknown as { pairs: string } | undefined;
    table = tableOf(packed ? packed.pairs : "");
    return now(query);
  }, () => query);
}

/** Where pages are in traditional characters, their texts are compared in the simplified ones too, whichever somebody types. */
export function knowScript(root: string): Promise<void> {
  if (document.documentElement.lang !== "zh-TW") return Promise.resolve();
  return scriptIfAny(root, "traditional").then(() => {
    const packed = window.HAITANG!["traditional"] as unknown as { pairs: string } | undefined; // no hall's keys write any
    compareIn(tableOf(packed ? packed.pairs : ""));
  });
}

/** `pairs`: a traditional character and ours, one after the other. */
export function tableOf(pairs: string): Map<string, string> {
  return new Map((pairs.match(/[^]{2}/g) || []).map((pair) => [pair.charAt(0), pair.charAt(1)] as [string, string]));
}

export function converted(query: string, known: Map<string, string>): string {
  return Array.from(query, (character) => known.get(character) || character).join("");
}

function now(query: string): string {
  return table ? converted(query, table) : query;
}

function isForeign(character: string): boolean {
  return HAN.test(character) && !(plainHan || (plainHan = gb2312())).has(character);
}

/** All characters of GB 2312; none in a browser without that encoding, and then the table is fetched for any. */
function gb2312(): Set<string> {
  const bytes: number[] = [];
  for (let row = 0xb0; row < 0xf8; row++) for (let cell = 0xa1; cell < 0xff; cell++) bytes.push(row, cell);
  try {
    return new Set(new TextDecoder("gbk").decode(new Uint8Array(bytes)));
  } catch (_) {
    return new Set();
  }
}
