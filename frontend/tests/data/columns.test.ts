// Columns come out as they went in: packed by haitang/site/exports/columns.py (tests/site/search_world.py), unpacked here.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as columns from "../../src/data/columns";
import { unpack } from "../../src/data/unpack";
import { facts, places } from "../fixtures/search-world";
import world from "../fixtures/search-world.json";

const { names, heads, packed, values } = world.columns;
const rows = names.length;

test("every way to pack brings hard values through", () => {
  assert.deepEqual(columns.toldBy(names, packed.told_by), values.told_by);
  assert.deepEqual(columns.patterned(names, packed.patterned), values.patterned);
  assert.deepEqual(columns.calls(packed.calls, rows), values.calls);
  assert.deepEqual(columns.sets(packed.sets, rows), values.sets);
  assert.deepEqual(columns.numbers(packed.numbers), values.numbers);
  assert.deepEqual(columns.days(packed.days, rows), values.days);
  assert.deepEqual(columns.lists(names, packed.lists), values.lists);
  assert.deepEqual(columns.below(heads, packed.below), values.below);
});

test("no rows are no rows", () => {
  assert.deepEqual(columns.texts("", 0), []);
  assert.deepEqual(columns.days({ from: "", digits: "" }, 0), []);
  assert.deepEqual(columns.calls({ start: "", digits: "", others: "" }, 0), []);
  assert.deepEqual(columns.patterned([], { patterns: "", row: "", figures: "" }), []);
  assert.deepEqual(columns.lists([], { count: "", all: "" }), []);
});

test("the files come out as the directory has them", () => {
  const { plain } = world;
  assert.deepEqual(places.id, plain.id);
  assert.deepEqual(places.name, plain.name);
  assert.deepEqual(places.town, plain.town);
  assert.deepEqual(facts.community, plain.community);
  assert.deepEqual(facts.address, plain.address);
  assert.deepEqual(facts.phone, plain.phone);
  assert.deepEqual(facts.aliases, plain.aliases);
  const sorted = (rows: number[][], all: string[]): string[][] => rows.map((row) => row.map((index) => all[index]!).sort());
  const same = (rows: string[][]): string[][] => rows.map((row) => row.slice().sort());
  assert.deepEqual(sorted(facts.services, facts.serviceNames), same(plain.services));
  assert.deepEqual(sorted(facts.facilities, facts.facilityNames), same(plain.facilities));
  assert.deepEqual(facts.brands, plain.brands);
  assert.deepEqual(unpack("points", world.points, places).verified, plain.verified);
});

test("a file that was cut short is refused", () => {
  const short = { ...world.facts, status: world.facts.status.slice(1) };
  assert.throws(() => unpack("facts", short, places), /length/);
  assert.throws(() => unpack("places", { ...world.places, name: world.places.name.slice(0, 40) }, null), /length/);
  assert.throws(() => unpack("points", { lon: [], lat: [], precise: [], verified: { from: "", digits: "" } }, places), /length/);
});
