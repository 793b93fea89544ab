// The address of a page in another site's frame: a finder's own, and with it `need` (ids of things one may need, which a finder calls
// service or facility) and `theme`. What is asked for and not there is told and never left out without a word: the frame would show
// everything instead of the one town that it is there for.

import { readAddress, writeAddress } from "../finder/query/address";
import { GROUPS, type Filters, type Group } from "../finder/query/filters";
import { replaceAddress, type FinderAddress } from "../finder/query/page-address";
import type { Need } from "../data/needs";

export const THEMES = ["light", "dark"] as const;
const LONGEST = 4000; // characters of an address; what is longer is nobody's filter

/** The look that an address asks for; empty for the visitor's own. */
export function themeOf(search: string): (typeof THEMES)[number] | "" {
  const asked = new URLSearchParams(search).get("theme");
  return THEMES.filter((theme) => theme === asked)[0] || "";
}

/** The ids of the needs that an address asks for. */
export function needsAsked(search: string): string[] {
  return new URLSearchParams(search.slice(0, LONGEST)).getAll("need").filter(Boolean);
}

export interface Asked {
  filters: Filters;
  /** Something was asked for of which nothing is there. */
  isLost: boolean;
}

/** What an address asks of a directory; `needs` are all of it where the address names any. */
export function readAsked(search: string, needs: readonly Need[], known: (group: Group) => readonly string[]): Asked {
  const query = new URLSearchParams(search.slice(0, LONGEST));
  const ids = needsAsked(search);
  const found = needs.filter(({ id }) => ids.indexOf(id) >= 0);
  for (const { kind, name } of found) query.append(kind, name);
  const filters = readAddress(`?${query.toString()}`, known);
  const isLost = GROUPS.some((group) => query.getAll(group).some(Boolean) && !filters[group].length);
  return { filters, isLost: isLost || (ids.length > 0 && !found.some(({ kind }) => kind === "service" || kind === "facility")) };
}

/** `told` is called with what is asked for at every change. No step of it is one of the other site's pages: Back leads out of it. */
export function embedAddress(needs: readonly Need[], told: (asked: Asked) => void): FinderAddress {
  const theme = themeOf(location.search);
  return {
    read: (known) => {
      const asked = readAsked(location.search, needs, known);
      told(asked);
      return asked.filters;
    },
    write: (filters) => {
      const search = writeAddress(filters);
      replaceAddress(theme ? `${search}${search ? "&" : "?"}theme=${theme}` : search, false);
      told({ filters, isLost: false });
    },
  };
}
