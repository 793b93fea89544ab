// How a number is dialled, at home in China and from abroad elsewhere.

import assert from "node:assert/strict";
import { test } from "node:test";
import { tel } from "../../src/core/dialled";

function within(dial: { code: string; trunk: string } | undefined, phone: string): string {
  (globalThis as unknown as { window: object }).window = { HAITANG: { dial } };
  return tel(phone);
}

test("in China as it is written", () => {
  assert.equal(within(undefined, "0512-57621055"), "tel:0512-57621055");
});

test("elsewhere as it is dialled from anywhere", () => {
  const britain = { code: "44", trunk: "0" };
  assert.equal(within(britain, "0113 496 0101"), "tel:+441134960101");
  assert.equal(within(britain, "0113 496 0105 x12"), "tel:+441134960105;ext=12");
  assert.equal(within(britain, "+353 1 677 7900"), "tel:+35316777900");
  assert.equal(within(britain, "111"), "tel:111");
  assert.equal(within({ code: "1", trunk: "1" }, "(212) 555-0123"), "tel:+12125550123");
});
