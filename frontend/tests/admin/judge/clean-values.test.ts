// What the form editor hands on: src/admin/judge/clean-values.ts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cleaned } from "../../../src/admin/judge/clean-values";

test("what was left empty is not written", () => {
  assert.deepEqual(cleaned(["", " a ", [], [["  "]]]), ["a"]);
  assert.equal(cleaned("  "), undefined);
  assert.equal(cleaned(0), 0);
});

test("characters nobody sees go, all others stay", () => {
  assert.equal(cleaned("\ufeff新\u200b点\u007f\u{e0041}"), "新点");
  assert.equal(cleaned("一\u2028二\u0085三"), "一 二 三");
  assert.equal(cleaned("一\n二\t三"), "一\n二\t三");
  assert.equal(cleaned("𠮷野家 👩‍👧 é ü、：“”"), "𠮷野家 👩‍👧 é ü、：“”");
  assert.equal(cleaned("a\ud800b"), "ab");
  assert.equal(cleaned("\u200b"), undefined);
  assert.equal(cleaned("党\u200d群\u00ad服\u3164务\u200c站"), "党群服务站");
});
