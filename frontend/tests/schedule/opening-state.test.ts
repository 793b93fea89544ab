import assert from "node:assert/strict";
import { test } from "node:test";
import { describe } from "../../src/schedule/opening-state";

test("states as a class and a text", () => {
  const state = { noted: "{state}（注）", open: "{time}止", unsureHoliday: "节假日", openNow: "开" };
  Object.assign(globalThis, { window: { HAITANG: { words: { state } } } });
  assert.equal(describe({ kind: "unknown" }), null);
  assert.deepEqual(describe({ kind: "unsure", reason: "holiday" }), { cls: "is-unsure", text: "节假日" });
  assert.deepEqual(describe({ kind: "open", until: 1440, noted: true }), { cls: "is-open", text: "24:00止（注）" });
  assert.deepEqual(describe({ kind: "open", until: null, noted: false }), { cls: "is-open", text: "开" });
});
