import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder, order } from "../../../src/finder/query/order";
import { byName, openFirst } from "../../../src/finder/query/sorting";

const POINTS = { lon: [120.95, 120.96, 120.951, 120.952], lat: [31.38, 31.38, 31.38, 31.38], precise: [0, 1, 1, 1], verified: ["", "", "", ""] };
const ALL = [0, 1, 2, 3];

test("what is open comes first, near ones first on both sides", () => {
  const near = order(POINTS, null, { lon: 120.95, lat: 31.38 });
  assert.deepEqual(inOrder(ALL, near), [2, 3, 1, 0]);
  assert.deepEqual(inOrder(ALL, openFirst(near, [1, 1, 0, 0])), [1, 0, 2, 3]);
  assert.equal(openFirst(near, [0, 0, 0, 0]).metres, near.metres);
});

test("without a place of the visitor, open ones come first as they stand in the directory", () => {
  assert.deepEqual(inOrder(ALL, openFirst(order(POINTS, null, null), [0, 1, 0, 1])), [1, 3, 0, 2]);
});

test("names stand by their sound, numbers by their size", () => {
  const names = ["陆家社区", "张浦10号", "花桥社区", "张浦9号"];
  assert.deepEqual(inOrder(ALL, byName(order(POINTS, null, null), names)), [2, 0, 3, 1]);
});
