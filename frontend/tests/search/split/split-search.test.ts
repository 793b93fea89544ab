// The search over blocks finds what the search over the whole directory finds, and looks into few of them for it.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Found } from "../../../src/search/engine/search";
import { GOLDEN } from "../../fixtures/golden-queries";
import { places, search as whole, vocabulary } from "../../fixtures/search-world";
import { opened } from "../../fixtures/split-world";

const TALK = {
  ...vocabulary, needs: vocabulary.needs.map((need) => (need.name === "公共厕所" ? { ...need, also: ["卫生间", "洗手间"] } : need)),
};
const ALL = { hits: 6, blocks: 100 };

function told(found: Found, ids: readonly string[]): object {
  const hits = found.hits.map(({ row, score, group, note, marks }) => ({ id: ids[row], score, group, note, marks }));
  const needs = found.needs.map(({ need, how, count }) => [need.id, how, count]);
  return { needs, hits, chips: found.chips, nearest: found.nearest };
}

/** Queries beside the golden ones: all beginnings of names, two characters of each, syllables and first letters of some. */
const MORE = [
  ...places.name.map((name) => name.slice(0, 3)), ...places.name.map((name) => name.slice(-3)), "社区", "服务 站", "l", "lu", "zh", "x", "sq",
  "花 社区 5g", "0512", "00003111", "05120000", "站", "", "。", "社区服务中心", "kunshan", "yushan 社区", "党群服务点 陆家",
  "党群服务中心", "党群服务站", "中心", "其他", "陆家的党群服务站",
];

for (const query of [...GOLDEN.map((golden) => golden.query), ...MORE]) {
  test(`the same as whole: ${query}`, async () => {
    const { search } = await opened();
    const found = await search.find(query, ALL);
    assert.deepEqual(told(found, search.places.id), told(whole.find(query), places.id));
    assert.equal(found.complete, true);
  });
}

test("what stands in one place needs no others", async () => {
  const { search, blocks } = await opened();
  const { hits } = await search.find("富士康", ALL);
  assert.ok(hits.length > 0);
  assert.ok(blocks.count <= 2, `${blocks.count} blocks`);
});

test("of many that hold it the best come first, and nobody says that these are all", async () => {
  for (const query of ["社区", "群服", "站", "dangqun"]) {
    const { search, blocks } = await opened();
    const found = await search.find(query, { hits: 3, blocks: 6 });
    const all = whole.find(query).hits;
    assert.ok(all.length > found.hits.length && blocks.count < blocks.loaded.length, query);
    assert.equal(found.complete, false);
    const best = (hits: Found["hits"], ids: readonly string[]): unknown[] => hits.slice(0, 3).map(({ row, group }) => [ids[row], group]);
    assert.deepEqual(best(found.hits, search.places.id), best(all, places.id), query);
  }
});

test("something is told before all is there", async () => {
  const { search } = await opened();
  const early: number[] = [];
  const found = await search.find("社区", ALL, ({ hits, complete }) => early.push(complete ? -1 : hits.length));
  assert.ok(early.length > 0 && early.every((count) => count > 0 && count <= found.hits.length));
});

test("what is needed is found by everyday words and in sentences, and leads to its places", async () => {
  const { search } = await opened(TALK);
  const ids = (found: Found): string[] => found.hits.map(({ row }) => search.places.id[row]!).sort();
  const asked = await search.find("卫生间", ALL);
  assert.deepEqual(asked.needs.map(({ need, how, word, count }) => [need.name, how, word, count]), [["公共厕所", "also", "卫生间", 1]]);
  assert.deepEqual(ids(asked), ["jinxi-gz"]);
  assert.deepEqual(ids(await search.find("请问锦溪哪里有卫生间", ALL)), ["jinxi-gz"]);
  assert.deepEqual(ids(await search.find("陆家卫生间", ALL)), []);
  assert.equal(search.nearestNeed("上个卫间")!.need.name, "公共厕所");
});

test("one block is enough for the first hits", async () => {
  for (const query of ["社区", "陆家", "dangqun"]) {
    const { search, blocks } = await opened();
    const told: number[] = [];
    await search.find(query, ALL, ({ hits }) => told.push(new Set(hits.map(({ row }) => blocks.blockOf(row))).size));
    assert.equal(told[0], 1, query);
  }
});
