// The address keeps what was asked, and takes nothing it does not know.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readAddress, toggled, writeAddress } from "../../../src/finder/query/address";
import { NOTHING, type Filters, type Group } from "../../../src/finder/query/filters";

const KNOWN: { [group in Group]: string[] } = {
  town: ["lujia", "huaqiao"],
  tier: ["centre", "station"],
  service: ["图书借阅", "一站式, 当场办", "a&b=c+d#e?%20"],
  facility: ["无障碍卫生间"],
  brand: ["hong-fu-shi"],
};
const known = (group: Group): string[] => KNOWN[group];

const ASKED: Filters[] = [
  NOTHING,
  { ...NOTHING, q: "陆家 图书" },
  { ...NOTHING, q: "a&town=huaqiao#x+y %", town: ["lujia"], open: true },
  { ...NOTHING, town: ["lujia", "huaqiao"], tier: ["centre"], service: KNOWN.service, facility: KNOWN.facility, brand: KNOWN.brand, verified: true, access: true },
];

test("what is written is read again", () => {
  for (const filters of ASKED) assert.deepEqual(readAddress(writeAddress(filters), known), filters);
});

test("nothing asked leaves the address empty", () => {
  assert.equal(writeAddress(NOTHING), "");
  assert.deepEqual(readAddress("", known), NOTHING);
});

test("values are repeated keys, in an order of their own", () => {
  assert.equal(writeAddress({ ...NOTHING, open: true, town: ["lujia", "huaqiao"] }), "?town=lujia&town=huaqiao&open=1");
  const read = readAddress("?open=1&town=huaqiao&town=lujia", known);
  assert.equal(writeAddress(read), "?town=lujia&town=huaqiao&open=1");
});

test("what is not known is left out", () => {
  assert.deepEqual(readAddress("?town=nowhere&town=lujia&tier=palace&from=singlemessage&open=yes&verified=0&near=choose", known), {
    ...NOTHING, town: ["lujia"],
  });
  assert.deepEqual(readAddress("?%E0%A4%A=1&q=%&town=__proto__&brand=constructor", known).town, []);
  assert.equal(readAddress(`?q=${"长".repeat(500)}`, known).q.length, 80);
});

test("choosing again takes back, and the order is the directory's", () => {
  const once = toggled(toggled(NOTHING, "town", "huaqiao", KNOWN.town), "town", "lujia", KNOWN.town);
  assert.deepEqual(once.town, ["lujia", "huaqiao"]);
  assert.deepEqual(toggled(once, "town", "lujia", KNOWN.town).town, ["huaqiao"]);
  assert.deepEqual(NOTHING.town, []);
});
