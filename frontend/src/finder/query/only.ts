// A page's own part of the directory that a finder never leaves: `data-only="service:图书借阅"`, or `own:` for the places that the
// visitor has kept or was handed.

import type { Data } from "../../data/directory";
import { tiers } from "../../data/tiers";
import { handedOn, ownIds } from "../../page/own-list";

/** The `only` of the page that shows a visitor's own places. */
export const OWN = "own:";

/** 1 for every row that has it; null where the page has no such part. What no column tells, the page's own cards do: the
 *  links in `cards` lead to the places. */
export function onlyRows(only: string, { places, facts }: Data, cards: readonly string[]): Uint8Array | null {
  if (!only) return null;
  const [kind, value] = [only.slice(0, only.indexOf(":")), only.slice(only.indexOf(":") + 1)];
  const rows = (holds: (row: number) => boolean): Uint8Array => Uint8Array.from(places.id, (_, row) => Number(holds(row)));
  const having = (names: readonly string[], own: readonly (readonly number[])[]): Uint8Array => {
    const wanted = names.indexOf(value);
    return rows((row) => own[row]!.indexOf(wanted) >= 0);
  };
  if (kind === "service") return having(facts.serviceNames, facts.services);
  if (kind === "facility") return having(facts.facilityNames, facts.facilities);
  if (kind === "town") return rows((row) => places.towns[places.town[row]!]!.id === value);
  if (kind === "tier") return rows((row) => tiers().id[places.tier[row]!] === value);
  const shown = new Set(only === OWN ? ownPlaces() : cards);
  return rows((row) => shown.has(places.id[row]!));
}

/** The ids of the visitor's own places, or of those that were handed on. */
export function ownPlaces(): string[] {
  return handedOn(location.hash) || ownIds();
}

/** The ids of the places that a list made at build time leads to. */
export function idsOfCards(room: ParentNode): string[] {
  return Array.from(room.querySelectorAll<HTMLAnchorElement>('a[href*="positions/"]')).map((link) => link.pathname.replace(/^.*\/|\.html$/g, ""));
}
