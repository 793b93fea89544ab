import assert from "node:assert/strict";
import { test } from "node:test";
import { inward, isCounted, isPart, isPosition, outward } from "../src/launcher/protocol";
import { bounded, Counters, dayFrom, dayOf } from "../src/launcher/counters";
import { digest, manifestOf, pointerOf } from "../src/launcher/manifest";
import { AwakeClock, EventRate } from "../src/launcher/awake-clock";

const ENVELOPE = { src: "hthh", v: 1 };
const D = "0123456789abcdef".repeat(4);
const REST = { format: 1, built: "2026-11-24", app: { script: D, style: D, csp: D }, parts: { "a-1": D } };
const ID = `20261124-${digest(JSON.stringify(REST)).slice(0, 12)}`;

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

test("a manifest is what its id says", () => {
  assert.ok(manifestOf({ ...REST, id: ID }, ID));
  assert.ok(manifestOf({ id: ID, ...REST }, ID));
  assert.equal(manifestOf({ ...REST, id: ID }, ID.replace(/.$/, (last) => (last === "0" ? "1" : "0"))), null);
  assert.equal(manifestOf({ ...REST, built: "2026-11-25", id: ID }, ID), null);
  assert.equal(manifestOf({ ...REST, more: 1, id: ID }, ID), null); // a field of the future belongs to the digest too
  const bad = [null, [], 1, {}, { ...REST, id: ID, format: 2 }, { ...REST, id: ID, parts: { "1": D } }, { ...REST, id: ID, app: [] }];
  for (const odd of bad) assert.equal(manifestOf(odd, ID), null);
});

test("a pointer", () => {
  assert.deepEqual(pointerOf({ id: ID, previous: [ID, "x", 3] }), { id: ID, previous: [ID] });
  assert.deepEqual(pointerOf({ id: ID }), { id: ID, previous: [] });
  for (const odd of [null, undefined, [], ID, { id: "../x" }, { previous: [ID] }]) assert.equal(pointerOf(odd), null);
});

test("a jump of the clock is no time that passed", () => {
  const pulse = new AwakeClock(1_000);
  assert.equal(pulse.tick(2_000), false);
  assert.equal(pulse.tick(3_600_000), true);
  assert.equal(pulse.tick(0), true);
  assert.equal(pulse.tick(1_500), false);
  assert.equal(pulse.awake, 1_000 + 1_000 + 1_000 + 1_500);
});

test("a tally forgets", () => {
  const tally = new EventRate(10);
  assert.deepEqual([0, 5, 9, 16, 40].map((time) => tally.add(time)), [1, 2, 3, 2, 1]);
});

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
