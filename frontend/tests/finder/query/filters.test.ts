// What is shown and counted, held against the plain definition: any of a group, all groups.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenCount, FLAGS, GROUPS, isAsked, NOTHING, Sieve, type Filters, type Group } from "../../../src/finder/query/filters";
import { directory, type Place } from "../../fixtures/directory";

const OPEN = "open-now";
const PLACES: Place[] = [
  { name: "甲中心", tier: "centre", services: ["图书", "法律"], facilities: ["无障碍卫生间"], hours: OPEN, verified: "2026-01-02" },
  { name: "甲站", services: ["图书"], facilities: ["停车位"], brands: ["hong"], hours: "shut" },
  { name: "乙站", town: 1, services: ["法律"], facilities: ["无障碍通道", "停车位"], brands: ["hong"] },
  { name: "乙点", town: 1, tier: "point", hours: OPEN },
  { name: "旧站", services: ["图书"], status: "closed", hours: OPEN, verified: "2025-01-02" },
  { name: "并站", town: 1, status: "merged", services: ["图书"] },
  { name: "停站", status: "paused", services: ["图书"], hours: OPEN },
  { name: "建站", tier: "unknown", town: 2, status: "planned", hours: OPEN },
];

function sieve(): Sieve {
  const made = new Sieve(directory(PLACES));
  made.setOpen((hours) => hours === OPEN);
  return made;
}

function shown(filters: Partial<Filters>, hits: number[] | null = null): string[] {
  const mask = sieve().sift({ ...NOTHING, ...filters }, hits).shown;
  return PLACES.filter((_, row) => mask[row]).map(({ name }) => name);
}

test("nothing asked shows all that still exist", () => {
  assert.deepEqual(shown({}), ["甲中心", "甲站", "乙站", "乙点", "停站", "建站"]);
});

test("any value of a group will do, and every group has its say", () => {
  assert.deepEqual(shown({ service: ["图书", "法律"] }), ["甲中心", "甲站", "乙站", "停站"]);
  assert.deepEqual(shown({ service: ["图书", "法律"], town: ["yi"] }), ["乙站"]);
  assert.deepEqual(shown({ tier: ["point", "centre"] }), ["甲中心", "乙点"]);
  assert.deepEqual(shown({ brand: ["hong"], facility: ["停车位"], town: ["jia"] }), ["甲站"]);
  assert.deepEqual(shown({ town: ["shi"] }), ["建站"]);
});

test("without barriers is any facility whose name says so", () => {
  assert.deepEqual(shown({ access: true }), ["甲中心", "乙站"]);
});

test("what is closed, paused, planned or of unknown hours is never open", () => {
  assert.deepEqual(shown({ open: true }), ["甲中心", "乙点"]);
  assert.deepEqual(shown({ open: true }, [0, 2, 4, 6, 7]), ["甲中心"]);
});

test("places that are gone are shown to who searches them, and only then", () => {
  assert.deepEqual(shown({ q: "旧" }, [4]), ["旧站"]);
  assert.deepEqual(shown({ q: "站", service: ["图书"] }, [1, 4, 5]), ["甲站", "旧站", "并站"]);
  assert.deepEqual(shown({ verified: true }), ["甲中心"]);
});

test("a search that found nothing shows nothing", () => {
  assert.deepEqual(shown({ q: "没有" }, []), []);
});

/** The definition, as slowly as it is said: choose that value alone in its group, and count. */
function counted(filters: Filters, hits: number[] | null, group: Group, value: string): number {
  return sieve().sift({ ...filters, [group]: [value] }, hits).total;
}

test("a count says how many that value would show, given the other groups", () => {
  const asked: Partial<Filters>[] = [
    {}, { town: ["jia"] }, { service: ["图书"], tier: ["station"] }, { brand: ["hong"], town: ["yi"], open: true },
    { open: true, access: true }, { facility: ["停车位"], service: ["法律"], verified: true },
  ];
  for (const some of asked) {
    for (const hits of [null, [0, 1, 2, 4, 5], []]) {
      const filters = { ...NOTHING, ...some };
      const made = sieve();
      const sifted = made.sift(filters, hits);
      for (const group of GROUPS) {
        made.keys(group).forEach((value, at) => {
          assert.equal(sifted.counts[group][at], counted(filters, hits, group, value), `${JSON.stringify(some)} ${group} ${value}`);
        });
      }
      for (const flag of FLAGS) assert.equal(sifted.flags[flag], sieve().sift({ ...filters, [flag]: true }, hits).total);
      assert.equal(sifted.total, sifted.shown.reduce((sum, one) => sum + one, 0));
    }
  }
});

test("the moment is told anew as often as it is asked", () => {
  const made = sieve();
  made.setOpen((hours) => hours === "shut");
  assert.deepEqual(Array.from(made.sift({ ...NOTHING, open: true }, null).shown).indexOf(1), 1);
  made.setOpen(() => false);
  assert.equal(made.sift({ ...NOTHING, open: true }, null).total, 0);
});

test("what is chosen is counted, words are asked but not chosen", () => {
  assert.equal(chosenCount({ ...NOTHING, q: "站", town: ["jia", "yi"], open: true }), 3);
  assert.equal(isAsked({ ...NOTHING, q: "站" }), true);
  assert.equal(isAsked(NOTHING), false);
});
