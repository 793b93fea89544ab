// What the form editor hands on: src/admin/pruned.ts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pruned } from "../src/admin/pruned";

test("what was left empty is not written", () => {
  assert.deepEqual(pruned(["", " a ", [], [["  "]]]), ["a"]);
  assert.equal(pruned("  "), undefined);
  assert.equal(pruned(0), 0);
});

test("characters nobody sees go, all others stay", () => {
  assert.equal(pruned("\ufeff新\u200b点\u007f\u{e0041}"), "新点");
  assert.equal(pruned("一\u2028二\u0085三"), "一 二 三");
  assert.equal(pruned("一\n二\t三"), "一\n二\t三");
  assert.equal(pruned("𠮷野家 👩‍👧 é ü、：“”"), "𠮷野家 👩‍👧 é ü、：“”");
  assert.equal(pruned("a\ud800b"), "ab");
  assert.equal(pruned("\u200b"), undefined);
});
