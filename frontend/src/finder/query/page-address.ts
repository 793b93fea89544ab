// Where a finder keeps what it is asked: in the address of its page.

import { readAddress, writeAddress } from "./address";
import type { Filters, Group } from "./filters";

export interface FinderAddress {
  /** What the address asks; `known` are the values that there are. */
  read(known: (group: Group) => readonly string[]): Filters;
  /** Puts into it what is asked now. `isStep`: Back shall lead to what was asked before. */
  write(filters: Filters, isStep: boolean): void;
}

/** That of a page of its own. */
export const pageAddress: FinderAddress = {
  read: (known) => readAddress(location.search, known),
  write: (filters, isStep) => replaceAddress(writeAddress(filters), isStep),
};

/** `search` is empty, or begins with `?`. */
export function replaceAddress(search: string, isStep: boolean): void {
  const address = location.pathname + search + location.hash;
  if (address === location.pathname + location.search + location.hash) return;
  try {
    if (isStep) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  } catch {
    // Some frames and kiosks refuse new addresses: the list is right all the same.
  }
}
