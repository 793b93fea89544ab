import assert from "node:assert/strict";
import { test } from "node:test";
import { dayNumber } from "../../src/schedule/calendar";
import { concerns, holds } from "../../src/schedule/notices";

test("a notice holds from its first day to its last", () => {
  const told = { from: "2026-12-01", until: "2026-12-05" };
  const on = (month: number, day: number): boolean => holds(told, dayNumber(2026, month, day));
  assert.deepEqual([on(11, 30), on(12, 1), on(12, 5), on(12, 6)], [false, true, true, false]);
});

test("where nobody knows the day, what held on that of the data stays", () => {
  assert.equal(holds({ from: "2020-01-01", until: "2020-01-02" }, null), true);
  assert.equal(holds({ from: "2020-01-05", until: "2020-01-09", later: "" }, null), false);
});

test("a notice concerns the towns it names, and all where it names none", () => {
  assert.equal(concerns({ towns: "lujia huaqiao" }, ["huaqiao"]), true);
  assert.equal(concerns({ towns: "lujia huaqiao" }, ["hua", "bacheng"]), false);
  assert.equal(concerns({ towns: "lujia" }, []), true);
  assert.equal(concerns({}, ["bacheng"]), true);
});
