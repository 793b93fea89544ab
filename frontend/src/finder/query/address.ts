// What was asked for, in the page's address, so that it can be sent to somebody: `?q=图书&town=lujia&town=huaqiao&open=1`.
// A key is repeated for each further value (names may hold commas). A position on earth never stands there.

import { FLAGS, GROUPS, type Filters, type Group } from "./filters";

const LONGEST_QUERY = 80; // characters; nobody types more, and a link must stay one

/** Reads `?…`. What is not known here (a town that was renamed, a key of somebody else's) is left out and nothing is said. */
export function readAddress(search: string, known: (group: Group) => readonly string[]): Filters {
  const query = new URLSearchParams(search);
  const values = (group: Group): string[] => {
    const asked = query.getAll(group);
    return known(group).filter((key) => asked.indexOf(key) >= 0);
  };
  return {
    q: (query.get("q") || "").trim().slice(0, LONGEST_QUERY),
    town: values("town"),
    tier: values("tier"),
    service: values("service"),
    facility: values("facility"),
    brand: values("brand"),
    open: query.get("open") === "1",
    verified: query.get("verified") === "1",
    access: query.get("access") === "1",
  };
}

/** `""` where nothing is asked, else `?…`: the same filters always give the same address. */
export function writeAddress(filters: Filters): string {
  const query = new URLSearchParams();
  if (filters.q) query.append("q", filters.q);
  for (const group of GROUPS) for (const value of filters[group]) query.append(group, value);
  for (const flag of FLAGS) if (filters[flag]) query.append(flag, "1");
  const text = query.toString();
  return text && `?${text}`;
}

/** With one value of a group chosen or no longer chosen; in the order of `known`, so that addresses do not depend on fingers. */
export function toggled(filters: Filters, group: Group, value: string, known: readonly string[]): Filters {
  const now = filters[group];
  const next = now.indexOf(value) < 0 ? [...now, value] : now.filter((other) => other !== value);
  return { ...filters, [group]: known.filter((key) => next.indexOf(key) >= 0) };
}
