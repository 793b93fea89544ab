// Needs come out as they went in; tests/site/test_needs.py holds the file to the same values.

import assert from "node:assert/strict";
import { test } from "node:test";
import { needPage, needsOf, type PackedNeeds } from "../../src/data/needs";

const packed: PackedNeeds = {
  kind: "0123",
  id: "da-yin\ncesuo\nshequ\nlinli",
  name: "打印\n厕所\n社区\n邻里聚会",
  also: "复印\t打资料\n卫生间\n\n百家宴",
  icon: "print\ntoilet\n\npeople",
  group: "办事\n歇一歇\n\n",
};

test("each need has its words", () => {
  const needs = needsOf(packed);
  assert.deepEqual(needs[0], { kind: "service", id: "da-yin", name: "打印", also: ["复印", "打资料"], icon: "print", group: "办事" });
  assert.deepEqual(needs.map((need) => need.also.length), [2, 1, 0, 1]);
  assert.deepEqual(needs.map((need) => need.kind), ["service", "facility", "site_kind", "activity_kind"]);
  assert.deepEqual([needs[2]!.icon, needs[2]!.group], ["", ""]);
});

test("kinds of activities have their own page", () => {
  assert.deepEqual(needsOf(packed).map(needPage), ["needs/da-yin.html", "needs/cesuo.html", "needs/shequ.html", "activities/kind-linli.html"]);
});

test("no needs are no needs", () => {
  assert.deepEqual(needsOf({ kind: "", id: "", name: "", also: "", icon: "", group: "" }), []);
});

test("a file that was cut short is refused", () => {
  assert.throws(() => needsOf({ ...packed, also: packed.also.slice(0, 8) }), /length/);
  assert.throws(() => needsOf({ ...packed, kind: "0124" }), /kind/);
});
