// The second step: activities by name and kind, and what is told of places.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Activity } from "../../src/events/agenda";
import { Activities, storiesOf } from "../../src/search/activities";
import { packedReadings, search } from "../fixtures/search-world";
import { Readings } from "../../src/search/engine/pinyin";

const activity = (row: number, name: string, kind = ""): Activity => ({ row, name, kind, place: "", text: -1, when: {} as Activity["when"] });
const all = new Activities(
  [activity(0, "邻里百家宴", "邻里聚会"), activity(1, "邻里百家宴", "邻里聚会"), activity(1, "露天电影", "电影放映"), activity(0, "量血压")], new Readings(packedReadings),
);
const NAMES = ["陆家镇党群服务中心", "花桥镇服务点"];
const found = (query: string): [string, number[]][] => {
  const need = { kind: "activity_kind" as const, id: "dianying", name: "电影放映", also: ["看电影"], icon: "", group: "" };
  const { terms } = search.find(query);
  const needs = query === "看电影" ? [{ need, how: "also" as const, word: "看电影", count: null }] : [];
  return all.find({ terms, needs }, (row) => NAMES[row]!).map(({ name, rows }) => [name, rows]);
};

test("activities are found by name, each name once, and by their kind", () => {
  assert.deepEqual(found("百家宴"), [["邻里百家宴", [0, 1]]]);
  assert.deepEqual(found("陆家 百家宴"), [["邻里百家宴", [0]]]);
  assert.deepEqual(found("看电影"), [["露天电影", [1]]]);
  assert.deepEqual(found("liangxueya"), [["量血压", [0]]]);
  assert.deepEqual(found("lx"), []);
  assert.deepEqual(found("陆家"), []);
});

test("what is told of a place is found as it stands, with what is around it", () => {
  const told = [{ row: 3, text: "这里原来是一座老粮仓，后来改成了社区客厅，天天都有人来坐坐。" }, { row: 5, text: "WIFI 都有" }];
  const asked = (...texts: string[]): object[] => storiesOf(told, texts.map((text) => ({ text, kind: "han" as const })));
  assert.deepEqual(asked("粮仓"), [{ row: 3, text: "这里原来是一座老粮仓，后来改成了社区客厅，天…" }]);
  assert.deepEqual(asked("粮仓", "客厅").length, 1);
  assert.deepEqual(asked("wifi").length, 1);
  assert.deepEqual(asked("粮", "仓"), []);
  assert.deepEqual(asked(), []);
});
