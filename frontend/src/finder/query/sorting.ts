// The orders a visitor may choose for a list. Pure, over the order that order.ts gives.

import type { Order } from "./order";

/** As they come: the best hits, or as in the directory. Near: from where the visitor said she is. */
export const SORTS = ["best", "near", "open", "name"] as const;
export type Sort = (typeof SORTS)[number];

const LAST = 1e12; // beyond every rank of order.ts, whose ranks are metres too

/** What is open at this moment before the rest, each part in the order given. */
export function openFirst(order: Order, open: ArrayLike<number>): Order {
  return { rank: order.rank.map((rank, row) => (open[row] ? rank : rank + LAST)), metres: order.metres, isPlain: false };
}

/** By name, as a dictionary of the language has it: a Chinese one by sound. */
export function byName(order: Order, names: readonly string[], language = "zh-CN"): Order {
  const { compare } = new Intl.Collator(language, { numeric: true });
  const rank = new Float64Array(order.rank.length);
  names.map((_, row) => row).sort((a, b) => compare(names[a]!, names[b]!) || a - b).forEach((row, at) => (rank[row] = at));
  return { rank, metres: order.metres, isPlain: false };
}
