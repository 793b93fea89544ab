// Counters as staff read them: what strangers may have written among them, sums, and the text that is carried away.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cleaned, exported, namesOf, sum } from "../../../src/kiosk/staff/counters";
import type { Days } from "../../../src/launcher/protocol";

const TODAY = Date.UTC(2026, 10, 24) / 86_400_000;
const DAYS: Days = {
  "2026-11-24": { sessions: 3, "screens.home": 4 },
  "2026-11-18": { sessions: 5 },
  "2026-11-17": { sessions: 7, qr: 1 },
};

test("only days, known names and whole numbers are taken", () => {
  const hostile = {
    "2026-11-24": { sessions: 3, "screens.<img>": 4, query: 5, errors: 1.5, resets: -1, qr: "9", "no-result": 1e12 },
    "2026-11-23": 7,
    "2026-11-22": null,
    today: { sessions: 1 },
  } as unknown as Days;
  assert.deepEqual(cleaned(hostile), { "2026-11-24": { sessions: 3 } });
});

test("days come in their order", () => {
  assert.deepEqual(Object.keys(cleaned(DAYS)), ["2026-11-17", "2026-11-18", "2026-11-24"]);
});

test("the last seven days are today and six before; tomorrow is a wrong clock", () => {
  assert.equal(sum(DAYS, "sessions", TODAY, 7), 8);
  assert.equal(sum(DAYS, "sessions", TODAY, 30), 15);
  assert.equal(sum(DAYS, "sessions", TODAY - 1, 7), 12);
});

test("sessions first, screens last", () => {
  assert.deepEqual(namesOf(DAYS), ["sessions", "qr", "screens.home"]);
});

test("each part is complete in itself, short enough, and nothing is lost", () => {
  const days: Days = {};
  for (let day = 0; day < 90; day++) days[new Date((TODAY - day) * 86_400_000).toISOString().slice(0, 10)] = { sessions: day + 1, qr: 2 };
  const parts = exported(cleaned(days), "hall 20261124-0123456789ab", 300);
  const lines = parts.map((part) => part.split("\n"));
  assert.ok(parts.length > 3 && parts.every((part) => part.length <= 300));
  lines.forEach((part, at) => assert.deepEqual(part.slice(0, 2), [`hthh-counts 1 ${at + 1}/${parts.length} hall 20261124-0123456789ab`, "day sessions qr"]));
  const told = lines.reduce<string[]>((all, part) => all.concat(part.slice(2)), []);
  assert.equal(told.length, 90);
  assert.equal(told[89], "20261124 1 2");
  assert.ok(/^[\x20-\x7e\n]+$/.test(parts.join("")));
});
