import assert from "node:assert/strict";
import { test } from "node:test";
import { chineseVoice, sentences, spoken } from "../../src/page/speech";

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
