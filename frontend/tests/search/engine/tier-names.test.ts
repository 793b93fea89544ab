// Whoever types what a tier is called asks for its places, whatever they are called themselves.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Facts, Places } from "../../../src/data/directory";
import { NO_VOCABULARY, type Vocabulary } from "../../../src/data/needs";
import { allNames, isTierAsked } from "../../../src/search/engine/tier-names";
import { Search } from "../../../src/search/engine/search";
import { putTiers } from "../../fixtures/tiers";

const IDS = ["hub", "stop", "spot", "unknown"];
const READINGS = { usual: "bian便\nmin民\nzhong中\nxin心\nyi驿\nzhan站\nfu服\nwu务\ndian点\nchong崇\nan安\nsi寺\njiang江\nhai海", others: "", phrases: "", common: "" };

/** Two places of each tier, one in either town, and one of which nobody knows the tier; none is called as its tier is. */
function world(names: readonly string[], shorts: readonly string[], towns: readonly string[], called: string, spoken: readonly string[] = []): (query: string) => string[] {
  putTiers({ id: [...IDS], look: [...IDS], name: [...shorts, "?"] });
  const tier = [0, 0, 1, 1, 2, 2, 3];
  const own = (value: string): string[] => tier.map(() => value);
  const none = (): number[][] => tier.map(() => []);
  const places: Places = {
    id: tier.map((at, row) => `${IDS[at]!}-${row % 2}`), name: tier.map((_, row) => `${called} ${row}`), tier, town: tier.map((_, row) => row % 2),
    towns: towns.map((name, at) => ({ id: `t${at}`, name, area: "a" })) as Places["towns"],
  };
  const facts = {
    status: tier.map(() => 2), community: own(""), address: own(""), phone: own(""), aliases: none() as unknown as string[][], line: own(""), hours: tier.map(() => -1),
    hoursText: [], hoursData: [], services: none(), serviceNames: [], facilities: none(), facilityNames: [], brands: none(), brandNames: [],
  } as unknown as Facts;
  const vocabulary: Vocabulary = { ...NO_VOCABULARY, spoken: [...spoken] };
  const search = new Search(places, facts, { ...READINGS, towns: [], tiers: [...names] }, { vocabulary });
  return (query) => search.find(query).hits.map(({ row }) => places.id[row]!).sort();
}

test("of tiers with Chinese names", () => {
  const names = ["中心", "便民驿站", "服务点"];
  const find = world(names, ["中心", "驿站", "服务点"], ["崇安寺", "江海"], "南康河社区", ["的", "哪里", "有"]);
  for (const query of ["驿站", "便民驿站", "哪里有驿站", "yizhan", "bianminyizhan"]) assert.deepEqual(find(query), ["stop-0", "stop-1"], query);
  assert.deepEqual(find("中心"), ["hub-0", "hub-1"]);
  for (const query of ["崇安寺的驿站", "崇安寺驿站", "驿站 崇安寺", "chongansi yizhan"]) assert.deepEqual(find(query), ["stop-0"], query);
  assert.deepEqual(allNames(names), [...names, ...["中心", "驿站", "服务点"]]);
  assert.ok(isTierAsked([{ text: "驿站", kind: "han" }], [{ kind: "tier", index: 1, name: "便民驿站" }]));
  assert.deepEqual(find("驿"), [], "what is not typed out is offered, and not taken for it");
});

test("of tiers with English names", () => {
  const names = ["Central library", "Mobile stop", "Branch"];
  const find = world(names, names, ["Armley", "Beeston"], "Reading Room");
  for (const query of ["mobile stop", "Mobile Stops", "mobile-stop", "mobilestop"]) assert.deepEqual(find(query), ["stop-0", "stop-1"], query);
  for (const query of ["central library", "Central libraries"]) assert.deepEqual(find(query), ["hub-0", "hub-1"], query);
  for (const query of ["armley mobile stop", "mobile stop Armley"]) assert.deepEqual(find(query), ["stop-0"], query);
  assert.deepEqual(find("branches"), ["spot-0", "spot-1"]);
});
