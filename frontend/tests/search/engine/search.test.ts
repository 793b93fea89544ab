// The search: what people type finds what they mean.

import assert from "node:assert/strict";
import { test } from "node:test";
import { IndexedText } from "../../../src/search/engine/indexed-text";
import { match, endWithinOneEdit } from "../../../src/search/engine/match";
import { fuzzyPinyin, Readings } from "../../../src/search/engine/pinyin";
import { plain, termsOf } from "../../../src/search/engine/query";
import { Search } from "../../../src/search/engine/search";
import { GOLDEN } from "../../fixtures/golden-queries";
import { facts, packedReadings, places, search } from "../../fixtures/search-world";

const idsOf = (query: string): string[] => search.find(query).hits.map((hit) => places.id[hit.row]!);
const marked = (query: string, id: string): string[] => {
  const hit = search.find(query).hits.filter((each) => places.id[each.row] === id)[0]!;
  return hit.marks.map(([start, end]) => places.name[hit.row]!.slice(start, end));
};

for (const golden of GOLDEN) {
  test(`golden: ${golden.query}`, () => {
    const { hits, chips, nearest } = search.find(golden.query);
    const first = hits.slice(0, 3).map((hit) => places.id[hit.row]);
    const offered = chips.map((chip) => `${chip.kind} ${chip.name}`);
    if (golden.hit) assert.ok(first.includes(golden.hit), `hits: ${first.join(", ")}; chips: ${offered.join(", ")}`);
    if (golden.chip) assert.ok(offered.includes(golden.chip), `chips: ${offered.join(", ")}`);
    if (golden.nearest) assert.equal(nearest, golden.nearest);
  });
}

test("golden queries are many, and each expects something", () => {
  assert.ok(GOLDEN.length >= 60);
  for (const { query, hit, chip, nearest } of GOLDEN) assert.ok(hit || chip || nearest, query);
});

test("every two characters of every name find it", () => {
  let asked = 0;
  places.name.forEach((name, row) => {
    const characters = Array.from(name);
    for (let at = 0; at + 2 <= characters.length; at++) {
      const part = characters.slice(at, at + 2).join("");
      asked++;
      assert.ok(search.find(part).hits.some((hit) => hit.row === row), `${part} does not find ${name}`);
    }
  });
  assert.ok(asked > 200);
});

test("every name is found by all its syllables and by all its first letters", () => {
  const readings = new Readings(packedReadings);
  places.name.forEach((name, row) => {
    const ways = new IndexedText(name, readings).spellings.map((spelling) => spelling.ways[0] || "");
    const whole = ways.join("").slice(0, 40);
    const initials = ways.map((way) => way.charAt(0)).join("");
    assert.ok(search.find(whole).hits.some((hit) => hit.row === row), `${whole} does not find ${name}`);
    assert.ok(search.find(initials).hits.some((hit) => hit.row === row), `${initials} does not find ${name}`);
  });
});

test("groups come in their order, better scores first, and nothing comes twice", () => {
  const order = ["start", "town", "inside", "also", "near", "gone"];
  for (const query of ["陆家", "l", "lj", "shequ", "社区", "母婴室", "cysq", "党群", "0512", "样例"]) {
    const { hits } = search.find(query);
    assert.ok(hits.length, query);
    assert.equal(new Set(hits.map((hit) => hit.row)).size, hits.length);
    hits.slice(1).forEach((hit, at) => {
      const before = hits[at]!;
      const step = order.indexOf(hit.group) - order.indexOf(before.group);
      assert.ok(step > 0 || (step === 0 && hit.score <= before.score), `${query}: ${before.group} ${hit.group}`);
    });
  }
});

test("names that begin so stand before the places of the town, and those before names that hold it", () => {
  const groups = (query: string): string[] => search.find(query).hits.map((hit) => `${hit.group} ${places.id[hit.row]}`);
  const found = groups("陆家");
  assert.equal(found[0], "start lujia-zhen");
  assert.ok(found.indexOf("town chetang") > 0);
  const inside = groups("新村");
  assert.deepEqual(inside.slice(0, 2).sort(), ["inside lin-an", "inside loujiang"]);
});

test("the usual reading goes before a rarer one", () => {
  const score = (query: string): number => search.find(query).hits.filter((hit) => places.id[hit.row] === "chaoyang")[0]!.score;
  assert.ok(score("zysq") > score("cysq"));
  assert.ok(score("zhaoyang") > score("chaoyang"));
});

test("an editor's reading goes before the dictionary's", () => {
  const row = places.id.indexOf("zhangjia");
  const text = new IndexedText(places.name[row]!, new Readings(packedReadings));
  assert.equal(text.spellings[0]!.ways[0], "chang");
});

test("all terms must be found, wherever each is", () => {
  assert.deepEqual(idsOf("陆家 信息员"), ["qifa"]);
  assert.deepEqual(idsOf("陆家 义诊"), []);
  assert.deepEqual(idsOf("张浦 南港 义诊"), ["nangang"]);
});

test("closed and merged places come last, and are found", () => {
  const ids = idsOf("朝阳社区");
  assert.equal(ids[ids.length - 1], "chaoyang-old");
  assert.equal(search.find("朝阳社区").hits[ids.length - 1]!.group, "gone");
});

test("what is alike goes by tier, a centre first", () => {
  const tiers = search.find("dangqun").hits.filter((hit) => hit.group === "inside" && hit.score === search.find("dangqun").hits[0]!.score);
  const sorted = tiers.map((hit) => places.tier[hit.row]!);
  assert.deepEqual(sorted, sorted.slice().sort());
});

test("what was found is marked in the name", () => {
  assert.deepEqual(marked("陆家", "lujia-zhen"), ["陆家"]);
  assert.deepEqual(marked("ljz", "lujia-zhen"), ["陆家镇"]);
  assert.deepEqual(marked("qifagc", "qifa"), ["启发广场"]);
  assert.deepEqual(marked("暖新", "gongqing"), ["暖“新"]);
  assert.deepEqual(marked("lujai", "lujia-zhen"), ["陆家"]);
  assert.deepEqual(marked("朝阳 服务站", "chaoyang"), ["朝阳", "服务站"]);
  assert.deepEqual(marked("3111", "lujia-zhen"), []);
});

test("what was found besides the name is told", () => {
  const note = (query: string, id: string): string =>
    search.find(query).hits.filter((hit) => places.id[hit.row] === id)[0]!.note;
  assert.equal(note("3111", "lujia-zhen"), "0512-00003111");
  assert.equal(note("义诊", "nangang"), "健康义诊");
  assert.equal(note("启发", "qifa"), "");
  assert.equal(note("先锋站", "fushikang"), "红富士先锋站");
});

test("nothing typed finds nothing, and there is something to browse", () => {
  assert.deepEqual({ ...search.find("  \u200b"), terms: [] }, { needs: [], hits: [], chips: [], nearest: null, terms: [] });
  const chips = search.browse();
  const towns = chips.filter((chip) => chip.kind === "town");
  assert.ok(towns.length >= 5);
  assert.ok(towns.every((chip, at) => !at || chip.count <= towns[at - 1]!.count));
  assert.deepEqual(chips.filter((chip) => chip.kind === "tier").map((chip) => chip.id), ["centre", "station", "point", "other"]);
});

test("nonsense finds nothing and breaks nothing", () => {
  for (const query of ["qqqq", "((((", "\\", "%", "<b>", "𠮷", "\ud800", "嫑嘦", "a".repeat(500), "的".repeat(300), "1 2 3 4 5 6 7 8 9"]) {
    const { hits } = search.find(query);
    assert.ok(Array.isArray(hits), query);
  }
  assert.deepEqual(search.find("qqqq").hits, []);
});

test("an empty directory can be searched", () => {
  const none = {
    places: { id: [], name: [], tier: [], town: [], towns: [] },
    facts: {
      status: [], stated: [], community: [], address: [], phone: [], aliases: [], line: [], hours: [], hoursText: [], hoursData: [], services: [],
      serviceNames: [], facilities: [], facilityNames: [], brands: [], brandNames: [],
    },
  };
  const empty = new Search(none.places, none.facts, { usual: "", others: "", phrases: "", towns: [], tiers: [], common: "" });
  assert.deepEqual(empty.find("陆家"), { needs: [], hits: [], chips: [], nearest: null, terms: [{ text: "陆家", kind: "han" }] });
  assert.deepEqual(empty.browse(), []);
});

test("warming up changes nothing", () => {
  const cold = new Search(places, facts, packedReadings);
  const before = cold.find("lujai").hits.map((hit) => hit.row);
  while (cold.warm(1)) continue;
  assert.deepEqual(cold.find("lujai").hits.map((hit) => hit.row), before);
});

test("typing on, going back and jumping give what asking afresh gives", () => {
  const typed = new Search(places, facts, packedReadings);
  const told = (engine: Search, query: string): unknown => {
    const { hits, chips, nearest } = engine.find(query);
    return { hits: hits.map((hit) => [hit.row, hit.score, hit.group]), chips, nearest };
  };
  for (const { query } of GOLDEN) {
    const steps = Array.from(query, (_, at) => query.slice(0, at + 1));
    for (const step of [...steps, ...steps.reverse()]) {
      assert.deepEqual(told(typed, step), told(new Search(places, facts, packedReadings), step), step);
    }
  }
});

test("queries become terms", () => {
  const terms = (query: string): string[] => termsOf(query).map((term) => term.text);
  assert.deepEqual(terms("  陆家  社区 "), ["陆家", "社区"]);
  assert.deepEqual(terms("陆家lj"), ["陆家", "lj"]);
  assert.deepEqual(terms("花桥zx88号"), ["花桥", "zx88", "号"]);
  assert.deepEqual(terms("ＬｕＪｉａ　Ａ座"), ["lujia", "a", "座"]);
  assert.deepEqual(terms("lùjiā lǜdì nǚ"), ["lujia", "lvdi", "nv"]);
  assert.deepEqual(terms("xi'an 陆\u200b家"), ["xian", "陆家"]);
  assert.deepEqual(terms("“海棠花红”"), ["海棠花红"]);
  assert.deepEqual(terms("陆家 陆家"), ["陆家"]);
  assert.deepEqual(terms("”（"), ["”（"]);
  assert.equal(termsOf("0512").pop()!.kind, "digits");
});

test("texts keep their places while they are made plain", () => {
  assert.deepEqual(plain("陆家镇"), { text: "陆家镇", places: null });
  assert.deepEqual(plain("暖“新”A"), { text: "暖新a", places: [0, 2, 4] });
  assert.equal(plain("㎡①").text, "m21");
  const text = new IndexedText("㎡暖“新”", new Readings(packedReadings));
  const found = match(text, { text: "暖新", kind: "han" })!;
  assert.deepEqual(text.range(found.start, found.end), [1, 4]);
});

test("one slip of the hand is forgiven, and two are not", () => {
  for (const typed of ["lujai", "lujja", "lujiaa", "luia", "lujia", "lvjia"]) assert.ok(endWithinOneEdit(typed, "lujiazhen", 0) >= 0, typed);
  for (const typed of ["lujzai", "julai", "ljua z"]) assert.equal(endWithinOneEdit(typed, "lujiazhen", 0), -1, typed);
});

test("sounds that many do not tell apart are one", () => {
  for (const [one, other] of [
    ["zhang", "zan"], ["chen", "ceng"], ["shi", "si"], ["nan", "lan"], ["lin", "ling"], ["fang", "fan"], ["xing", "xin"],
  ]) assert.equal(fuzzyPinyin(one!), fuzzyPinyin(other!), `${one} ${other}`);
  assert.notEqual(fuzzyPinyin("ba"), fuzzyPinyin("pa"));
});

test("letters that keyboards elsewhere do not have are typed as people type them", () => {
  assert.equal(plain("Łódź Straße Œx").text, "lodzstrasseoex");
  assert.deepEqual(plain("Straße 5").places, [0, 1, 2, 3, 4, 4, 5, 7]);
  const text = new IndexedText("Zürich Café", new Readings(packedReadings));
  for (const typed of ["zurich", "zürich", "cafe"]) assert.ok(match(text, termsOf(typed)[0]!), typed);
});

test("words that stand apart begin where they stand", () => {
  const text = new IndexedText("Forest rest", new Readings(packedReadings));
  assert.deepEqual(match(text, termsOf("rest")[0]!)!.start, 6);
  assert.ok(text.beginsWord(0) && text.beginsWord(6) && !text.beginsWord(2));
  assert.ok(new IndexedText("陆家AED点", new Readings(packedReadings)).beginsWord(2));
});
