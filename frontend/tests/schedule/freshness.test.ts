import assert from "node:assert/strict";
import test from "node:test";
import { dayNumber } from "../../src/schedule/calendar";
import { ageOf, showAges } from "../../src/schedule/freshness";

const words = { freshness: { fresh: "{date} 核实", ageing: "{count} 个月前核实", stale: "一年多没核实了", years: "{count} 年多没核实了" } };
const own = globalThis as { window?: object; document?: object };
own.window = { HAITANG: { words } };
const TODAY = dayNumber(2026, 11, 24);

/** The day `days` before TODAY, as an entry writes it. */
function before(days: number): string {
  return new Date((TODAY - days) * 86400000).toISOString().slice(0, 10);
}

test("a badge is fresh for half a year, ages to a year, and is stale then", () => {
  assert.deepEqual(ageOf(before(0), TODAY), { cls: "is-fresh", text: "2026-11-24 核实" });
  assert.equal(ageOf(before(180), TODAY)?.cls, "is-fresh");
  assert.deepEqual(ageOf(before(181), TODAY), { cls: "is-ageing", text: "5 个月前核实" });
  assert.deepEqual(ageOf(before(250), TODAY), { cls: "is-ageing", text: "8 个月前核实" });
  assert.deepEqual(ageOf(before(365), TODAY), { cls: "is-ageing", text: "11 个月前核实" });
  assert.deepEqual(ageOf(before(366), TODAY), { cls: "is-stale", text: "一年多没核实了" });
  assert.deepEqual(ageOf(before(729), TODAY), { cls: "is-stale", text: "一年多没核实了" });
  assert.deepEqual(ageOf(before(800), TODAY), { cls: "is-stale", text: "2 年多没核实了" });
});

test("what lies ahead, or is no day, stays as it is written", () => {
  assert.equal(ageOf("2026-11-25", TODAY), null);
  assert.equal(ageOf("2026", TODAY), null);
  assert.equal(ageOf("", TODAY), null);
});

/** A page of one badge, built on the day of `built`, read when the clock says `clock`. */
function shown(built: string, clock: string, date: string): { text: string; cls: string } {
  const classes = new Set<string>();
  const badge = {
    dateTime: date,
    textContent: `${date} 核实`,
    classList: { toggle: (name: string, on: boolean) => (on ? classes.add(name) : classes.delete(name)) },
  };
  own.document = { documentElement: { dataset: { built } }, hidden: false };
  const now = Date.now;
  Date.now = () => Date.parse(clock);
  try {
    showAges({ querySelectorAll: () => [badge] } as unknown as ParentNode);
  } finally {
    Date.now = now;
  }
  return { text: badge.textContent, cls: [...classes].join(" ") };
}

test("a clock that cannot be right leaves the plain date", () => {
  const plain = { text: "2026-01-10 核实", cls: "" };
  assert.deepEqual(shown("2026-02-01", "1970-01-01T00:00:00Z", "2026-01-10"), plain);
  assert.deepEqual(shown("2026-02-01", "2099-01-01T00:00:00Z", "2026-01-10"), plain);
  assert.deepEqual(shown("2026-02-01", "2026-01-31T12:00:00Z", "2026-01-10"), plain);
  assert.deepEqual(shown("", "2026-03-01T00:00:00Z", "2026-01-10"), plain);
});

test("a site that was built long ago still tells how old its facts are", () => {
  assert.deepEqual(shown("2026-02-01", "2026-03-01T00:00:00Z", "2026-01-10"), { text: "2026-01-10 核实", cls: "is-fresh" });
  assert.deepEqual(shown("2026-02-01", "2027-10-01T00:00:00Z", "2026-01-10"), { text: "一年多没核实了", cls: "is-stale" });
});
