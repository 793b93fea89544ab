import assert from "node:assert/strict";
import test from "node:test";
import { dayNumber } from "../../src/schedule/calendar";
import { dueText, lastDay } from "../../src/schedule/due-dates";

test("a date is over when its last day has passed", () => {
  assert.equal(lastDay("2026"), dayNumber(2026, 12, 31));
  assert.equal(lastDay("2026-02"), dayNumber(2026, 2, 28));
  assert.equal(lastDay("2024-02"), dayNumber(2024, 2, 29));
  assert.equal(lastDay("2026-12"), dayNumber(2026, 12, 31));
  assert.equal(lastDay("2026-12-05"), dayNumber(2026, 12, 5));
  assert.equal(lastDay("soon"), null);
});

test("only a day is counted down to", () => {
  const words = { due: { left: "还有 {days} 天", today: "今天", over: "过了" } };
  (globalThis as { window?: object }).window = { HAITANG: { words } };
  const today = dayNumber(2026, 11, 24);
  assert.equal(dueText("2026-12-31", today), "还有 37 天");
  assert.equal(dueText("2026-11-24", today), "今天");
  assert.equal(dueText("2026-11-23", today), "过了");
  assert.equal(dueText("2026", today), "");
  assert.equal(dueText("2025", today), "过了");
  assert.equal(dueText("2026-10", today), "过了");
});
