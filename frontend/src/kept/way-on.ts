// Lists that were never read: the search shows the same places, and it is kept.

import { blocksOf } from "../data/blocks";
import type { Town } from "../data/directory";
import { load } from "../data/loader";
import { loadNeeds, needPage, type Need } from "../data/needs";
import { tierName, tiers } from "../data/tiers";
import { townName } from "../lists/place-card";

const LISTS = ["positions", "towns", "brands", "needs", "activities"]; // their indexes lead to places, too

export interface WayOn {
  /** What the list is of. */
  name: string;
  /** `?…` of search.html. */
  query: string;
}

interface Known {
  towns: Town[];
  brands: { id: string; name: string }[];
  needs: Need[];
}

/** Null where a page is no list, or of nothing that is known. Rejects where the data are not to be had. */
export async function wayOn(root: string, page: string, everything: string): Promise<WayOn | null> {
  return wayIn(await known(root), page, everything);
}

async function known(root: string): Promise<Known> {
  const [blocks, needs] = await Promise.all([blocksOf(root), loadNeeds(root)]);
  if (blocks) {
    await blocks.named();
    return { towns: blocks.overview.towns, brands: blocks.choices.brands, needs };
  }
  const [places, facts] = await Promise.all([load(root, "places"), load(root, "facts")]);
  return { towns: places.towns, brands: facts.brandNames, needs };
}

/** Pure; `everything`: what the whole list is called. A list's further pages (`towns/lujia.2.html`) are shown by the same search. */
export function wayIn({ towns, brands, needs }: Known, page: string, everything: string): WayOn | null {
  const first = page.replace(/\.\d+\.html$/, ".html");
  const [, folder = "", id = ""] = /^(\w+)\/([\w-]+)\.html$/.exec(first) || [];
  if (id === "index" && LISTS.indexOf(folder) >= 0) return { name: everything, query: "" };
  const [need] = needs.filter((each) => needPage(each) === first);
  if (need) return { name: need.name, query: asks(need.kind === "service" || need.kind === "facility" ? need.kind : "q", need.name) };
  if (folder === "towns" || (folder === "activities" && id.indexOf("town-") === 0)) {
    const [town] = towns.filter((each) => each.id === id.replace(/^town-/, ""));
    return town ? { name: townName(town), query: asks("town", town.id) } : null;
  }
  const tier = tiers().id.indexOf(id);
  if (folder === "tiers" && tier >= 0) return { name: tierName(tier), query: asks("tier", id) };
  const [brand] = folder === "brands" ? brands.filter((each) => each.id === id) : [];
  return brand ? { name: brand.name, query: asks("brand", id) } : null;
}

function asks(key: string, value: string): string {
  return `?${key}=${encodeURIComponent(value)}`;
}
