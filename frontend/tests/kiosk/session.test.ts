// When somebody is there: the phases of a visit, without a page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Session } from "../../src/kiosk/session";

function session(): { session: Session; told: string[]; pass: (ms: number) => void } {
  let now = 1_000_000;
  const told: string[] = [];
  const made = new Session({
    begin: () => told.push("begin"), warn: (left) => told.push(`warn ${left}`), stay: () => told.push("stay"), end: () => told.push("end"),
  }, () => false, () => now);
  return { session: made, told, pass: (ms) => { now += ms; made.tick(); } };
}

test("a visit begins with a touch, is asked after 90 seconds and is over after 120", () => {
  const { session: one, told, pass } = session();
  one.touched();
  pass(89_000);
  assert.deepEqual([one.phase, told], ["session", ["begin"]]);
  pass(1_000);
  assert.deepEqual([one.phase, told.slice(1)], ["warning", ["warn 30"]]);
  pass(30_000);
  assert.deepEqual([one.phase, told.slice(2)], ["attract", ["end"]]);
});

test("a machine that slept through all of it wakes at the beginning", () => {
  const { session: one, told, pass } = session();
  one.touched();
  pass(8 * 3_600_000);
  assert.deepEqual([one.phase, told], ["attract", ["begin", "end"]]);
});

test("what is paused stays so until it is resumed, also when it is reset meanwhile", () => {
  const { session: one, told } = session();
  one.touched();
  one.pause();
  one.end();
  one.touched();
  assert.deepEqual([one.phase, told], ["paused", ["begin", "end"]]);
  one.resume();
  one.touched();
  assert.deepEqual([one.phase, told], ["session", ["begin", "end", "begin"]]);
  one.end();
});
