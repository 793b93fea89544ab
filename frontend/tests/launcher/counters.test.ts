import assert from "node:assert/strict";
import { test } from "node:test";
import { bounded, Counters, dayFrom, dayOf } from "../../src/launcher/counters";

test("counters stay within days and bytes", () => {
  const days: { [day: string]: { [what: string]: number } } = {};
  for (let day = 1; day < 400; day += 1) {
    const bucket: { [what: string]: number } = { sessions: day };
    for (let n = 0; n < 60; n += 1) bucket[`screens.${String.fromCharCode(97 + (n % 26))}${"x".repeat(1 + Math.floor(n / 26))}`] = 999_999;
    days[dayOf(Date.UTC(2026, 0, day, 12))] = bucket;
  }
  const kept = bounded(days, "2026-12-31");
  assert.ok(JSON.stringify(kept).length <= 32 * 1024);
  assert.ok(Object.keys(kept).length > 20 && Object.keys(kept).length <= 90);
  assert.equal(Object.keys(kept).sort().pop(), "2026-12-31"); // the newest; nothing of a future that a wrong clock made
  assert.ok(Object.keys(kept).every((day) => Object.keys(kept[day]!).length <= 40));
  const odd = { "2026-01-01": { qr: 1.5, resets: -1, errors: "3", sessions: 2, name: 4 }, x: { qr: 1 }, "2027-01-01": { qr: 1 } };
  assert.deepEqual(bounded(odd, "2026-06-01"), { "2026-01-01": { sessions: 2 } });
});

test("the day is the app's, if it can be a day anywhere", () => {
  const now = Date.UTC(2026, 10, 23, 16); // midnight in Shanghai
  for (const day of ["2026-11-23", "2026-11-24", "2026-11-25"]) assert.equal(dayFrom(day, now), day);
  for (const odd of ["2026-11-22", "2026-11-26", "2026-99-99", "2099-01-01", "x", 3, null, undefined]) assert.equal(dayFrom(odd, now), "2026-11-24");
});

test("a storage that throws costs nothing but what is kept after today", () => {
  const thrown = (): never => {
    throw new Error("denied");
  };
  for (const storage of [null, { getItem: thrown, setItem: thrown }, { getItem: () => "{", setItem: thrown }]) {
    const counters = new Counters(storage, "k");
    counters.add("qr", "2026-11-24");
    counters.add("qr", "2026-11-24");
    counters.add("what a visitor typed", "2026-11-24");
    assert.deepEqual(counters.days("2026-11-24"), { "2026-11-24": { qr: 2 } });
  }
});
