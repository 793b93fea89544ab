// How people ask: what of a sentence is wanted.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Need } from "../../../src/data/needs";
import { Speech } from "../../../src/search/engine/speech";
import { converted, tableOf } from "../../../src/search/traditional";

const need = (name: string, also: string[], kind: Need["kind"] = "facility"): Need => ({ kind, id: name, name, also, icon: "", group: "" });
const NEEDS = [need("厕所", ["卫生间"]), need("饮水", ["喝水", "渴"]), need("淋浴间", ["洗澡"]), need("自助", ["24小时"], "service"), need("社区", ["居委会"], "site_kind")];
const speech = new Speech(NEEDS, ["请问", "哪里", "有", "的", "想", "个", "了", "离我近"], ["党群服务中心"]);
const parts = (text: string): string[] | null => {
  const found = speech.parts(text);
  return found && found.map((part) => (part.isNeed ? `${part.text}!` : part.text));
};

test("what says nothing is taken out, and what is needed stands by itself", () => {
  assert.deepEqual(parts("离我近的厕所"), ["厕所!"]);
  assert.deepEqual(parts("陆家镇哪里有卫生间"), ["陆家镇", "卫生间!"]);
  assert.deepEqual(parts("想洗个澡"), ["洗澡!"]);
  assert.deepEqual(parts("渴了"), ["渴!"]);
  assert.deepEqual(parts("请问"), []);
  assert.equal(parts("富士康"), null);
});

test("names stand as they are, and a kind of place in a name is no need", () => {
  assert.deepEqual(parts("离我近的党群服务中心"), ["党群服务中心"]);
  assert.deepEqual(parts("城北社区有厕所"), ["城北社区", "厕所!"]);
});

test("a word of two scripts stays one term", () => {
  assert.deepEqual(speech.terms("24 小时").map(({ text }) => text), ["24小时"]);
  assert.deepEqual(speech.terms("24 站").map(({ text }) => text), ["24", "站"]);
});

test("the nearest need shares half of its characters, whatever it sounds like", () => {
  assert.equal(speech.nearest("卫间")!.name, "厕所");
  assert.equal(speech.nearest("测锁"), null);
  assert.equal(speech.nearest(""), null);
});

test("traditional characters become ours one by one", () => {
  assert.equal(converted("陸家廁所A𠮷", tableOf("陸陆廁厕")), "陆家厕所A𠮷");
});

test("where words stand apart, those that say nothing are left out, and others have forms", () => {
  const english = new Speech([], ["where", "where is", "a", "looking for"], []);
  assert.deepEqual(english.terms("Where is a toilet").map(({ text }) => text), ["toilet"]);
  assert.deepEqual(english.terms("where is").map(({ text }) => text), ["where", "is"]);
  assert.deepEqual(english.forms("photocopies"), ["photocopy", "photocopie"]);
  assert.deepEqual(english.forms("running"), ["run", "runn", "runne"]);
  assert.deepEqual(new Speech([], ["哪里"], []).forms("photocopies"), []);
});
