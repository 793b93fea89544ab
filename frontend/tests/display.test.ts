import { strict as assert } from "node:assert";
import { test } from "node:test";
import { attributes, changed, effective, parsed, plain } from "../src/page/settings";
import { chineseVoice, sentences, spoken } from "../src/page/speech";

test("what was stored is taken only as far as it makes sense", () => {
  assert.deepEqual(parsed(null), plain());
  for (const nonsense of ["", "{", "null", "3", "[]", '"large"', '{"size":"huge","contrast":7,"theme":null}']) {
    assert.deepEqual(parsed(nonsense), plain(), nonsense);
  }
  assert.deepEqual(parsed('{"size":"xlarge","theme":"pink","reading":"text","more":1}'), { ...plain(), size: "xlarge", reading: "text" });
  assert.deepEqual(parsed('{"__proto__":{"size":"large"}}'), plain());
});

test("a page without settings has no attributes", () => {
  assert.deepEqual(attributes(plain()), {});
  assert.deepEqual(attributes({ ...plain(), size: "large", theme: "dark" }), { "data-size": "large", "data-theme": "dark" });
});

test("the simple version has large text and high contrast, and gives the other settings back", () => {
  const mine = { ...plain(), theme: "dark" as const };
  const elder = changed(mine, "elder", "on");
  assert.deepEqual(attributes(elder), { "data-size": "large", "data-contrast": "high", "data-theme": "dark", "data-elder": "on" });
  assert.deepEqual(changed(elder, "elder", "off"), mine);
  assert.equal(effective({ ...elder, size: "xlarge" }).size, "xlarge");
});

test("what the simple version does not allow leaves it, the rest stays as seen", () => {
  const elder = changed(plain(), "elder", "on");
  assert.deepEqual(changed(elder, "contrast", "normal"), { ...plain(), size: "large" });
  assert.deepEqual(changed(elder, "size", "normal"), { ...plain(), contrast: "high" });
  assert.equal(changed(elder, "size", "xlarge").elder, "on");
  assert.equal(changed(elder, "theme", "dark").elder, "on");
  assert.deepEqual(changed(plain(), "size", "enormous"), plain());
});

test("text falls into sentences no longer than a voice can hold", () => {
  assert.deepEqual(sentences("开门了。请进！有事吗？\n坐"), ["开门了。", "请进！", "有事吗？", "坐"]);
  assert.deepEqual(sentences("——。  ·"), []);
  const long = `${"党群服务中心，".repeat(20)}好。`;
  const parts = sentences(long);
  assert.equal(parts.join(""), long);
  assert.ok(parts.length > 2 && parts.every((part) => part.length <= 60));
  assert.ok(parts.slice(0, -1).every((part) => part.endsWith("，")));
  assert.equal(sentences("一".repeat(150)).join(""), "一".repeat(150));
});

test("hours are said as hours", () => {
  assert.equal(spoken("周一 08:30–11:30  13:30-17:00", "到"), "周一 08:30到11:30 13:30到17:00");
  assert.equal(spoken("电话 0512-57671234", "到"), "电话 0512-57671234");
});

test("the voice is Chinese, of the mainland and of this machine if there is one", () => {
  const voice = (lang: string, localService = false): { lang: string; localService: boolean } => ({ lang, localService });
  assert.equal(chineseVoice([]), null);
  assert.equal(chineseVoice([voice("en-US", true), voice("ja-JP"), voice("zha")]), null);
  assert.equal(chineseVoice([voice("en-US"), voice("zh-TW", true), voice("zh_CN"), voice("zh-CN", true)])!.localService, true);
  assert.equal(chineseVoice([voice("zh-HK", true), voice("zh-CN")])!.lang, "zh-CN");
  assert.equal(chineseVoice([voice("cmn-Hans-CN")])!.lang, "cmn-Hans-CN");
  assert.equal(chineseVoice([voice("zh")])!.lang, "zh");
});
