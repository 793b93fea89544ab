import assert from "node:assert/strict";
import { test } from "node:test";
import { sentences, spoken, voiceFor } from "../../src/page/speech";

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

test("the voice is of the page's language, as it is spoken there, and of this machine if there is one", () => {
  const voice = (lang: string, localService = false): { lang: string; localService: boolean } => ({ lang, localService });
  assert.equal(voiceFor([], "zh-CN"), null);
  assert.equal(voiceFor([voice("en-US", true), voice("ja-JP"), voice("zha")], "zh-CN"), null);
  assert.equal(voiceFor([voice("en-US"), voice("zh-TW", true), voice("zh_CN"), voice("zh-CN", true)], "zh-CN")!.localService, true);
  assert.equal(voiceFor([voice("zh-HK", true), voice("zh-CN")], "zh-CN")!.lang, "zh-CN");
  assert.equal(voiceFor([voice("cmn-Hans-CN")], "zh-CN")!.lang, "cmn-Hans-CN");
  assert.equal(voiceFor([voice("zh")], "zh-CN")!.lang, "zh");
  assert.equal(voiceFor([voice("zh-CN", true), voice("zh-TW")], "zh-TW")!.lang, "zh-TW");
  assert.equal(voiceFor([voice("zh-CN")], "zh-TW")!.lang, "zh-CN");
  assert.equal(voiceFor([voice("zh-CN", true), voice("en_GB")], "en")!.lang, "en_GB");
  assert.equal(voiceFor([voice("zh-CN", true)], "en"), null);
});

test("English falls into sentences, and a long one at its commas", () => {
  assert.deepEqual(sentences("It is open. Bring your card; tea is free (in the hall). At St. John’s, No. 3."), [
    "It is open.", "Bring your card; tea is free (in the hall).", "At St.", "John’s, No. 3.",
  ]);
  const parts = sentences(`${"the people of this town, ".repeat(12)}all.`);
  assert.ok(parts.length > 1 && parts.every((part) => part.length <= 180 && !part.startsWith(",")));
});
