import assert from "node:assert/strict";
import { test } from "node:test";
import { digest, manifestOf, pointerOf } from "../../src/launcher/manifest";

const D = "0123456789abcdef".repeat(4);
const REST = { format: 1, built: "2026-11-24", app: { script: D, style: D, csp: D }, parts: { "a-1": D } };
const ID = `20261124-${digest(JSON.stringify(REST)).slice(0, 12)}`;

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
