import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesOf, MOST_ENTRIES, settingsOf } from "../../src/launcher/staff-news";

test("settings are made anew from what may be one", () => {
  const sound = { brightness: 30, night: [0, 1439], volume: 0, language: "zh-TW" };
  assert.deepEqual(settingsOf({ ...sound, who: "x" }), sound);
  for (const odd of [null, 3, "x", [], { brightness: 29, volume: 101, language: "zh-tw", night: [0, 1440] }, { brightness: "60", night: [1], volume: 0.5 }]) {
    assert.deepEqual(settingsOf(odd), {});
  }
});

test("of a log what may be an entry is taken, and the newest of many", () => {
  const sound = { at: 1, what: "shown", id: "20261124-0123456789ab", n: 2 };
  const odd = [null, 3, { ...sound, what: "who" }, { ...sound, id: "a text" }, { ...sound, n: 0 }, { ...sound, at: -1 }, { ...sound, at: "1" }];
  assert.deepEqual(entriesOf([...odd, { ...sound, who: "x" }]), [sound]);
  assert.deepEqual(entriesOf("x"), []);
  const many = Array.from({ length: 99 }, (_, at) => ({ ...sound, at }));
  assert.deepEqual(entriesOf(many), many.slice(-MOST_ENTRIES));
});
