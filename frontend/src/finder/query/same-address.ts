// Who else is in the same house: a centre, a library and a clinic often share one door.

import type { Data } from "../../data/directory";

/** The other rows among these whose address in the same town is the same, letter for letter; none where it has no address. */
export function atSameAddress(row: number, rows: readonly number[], { places, facts }: Data): number[] {
  const address = facts.address[row];
  if (!address) return [];
  return rows.filter((other) => other !== row && facts.address[other] === address && places.town[other] === places.town[row]);
}
