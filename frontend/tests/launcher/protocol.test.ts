import assert from "node:assert/strict";
import { test } from "node:test";
import { inward, isCounted, isPart, isPosition, outward } from "../../src/launcher/protocol";

const ENVELOPE = { src: "hthh", v: 1 };

test("a message is made anew from what is known of it", () => {
  assert.deepEqual(inward({ ...ENVELOPE, type: "go", id: "lujia-1", more: 1 }), { ...ENVELOPE, type: "go", id: "lujia-1" });
  assert.deepEqual(outward({ ...ENVELOPE, type: "idle", who: "x" }), { ...ENVELOPE, type: "idle" });
  for (const odd of [null, 1, "reset", [], {}, { type: "reset" }, { ...ENVELOPE, v: "1", type: "reset" }, { ...ENVELOPE, type: "idle" }]) {
    assert.equal(inward(odd), null);
  }
  for (const type of ["count", "counts", "want", "checked", "launcher", "check", "part", "reset"]) {
    assert.equal(outward({ ...ENVELOPE, type, what: "qr", part: "a" }), null);
  }
  assert.equal(outward({ ...ENVELOPE, type: "error", code: "a text with blanks" }), null);
  assert.equal(outward({ ...ENVELOPE, type: "heartbeat", state: "asleep" }), null);
});

test("names", () => {
  assert.ok(isPart("photo-1") && isPart("1a") && !isPart("123") && !isPart("../a") && !isPart("") && !isPart("A"));
  assert.ok(isCounted("screens.home") && isCounted("no-result") && !isCounted("screens.") && !isCounted("lujia") && !isCounted(["qr"]));
  assert.ok(isPosition("b8263f") && !isPosition("-a") && !isPosition("a".repeat(65)));
});
