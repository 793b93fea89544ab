// QR codes of the kiosk: their frame and their level, which a scanner would forgive less than a wrong colour. That they can be
// read is tested from a screenshot in tests/kiosk.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST } from "../../../src/core/qr-code";
import { drawn } from "../../../src/kiosk/widgets/qr";

/** The modules as rows of 0 and 1, read from the path that is drawn. */
function modules({ size, path }: { size: number; path: string }): number[][] {
  const rows = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (const part of path.split("z").slice(0, -1)) {
    const [x, y, width] = part.split(/[^\d]+/).slice(1).map(Number) as [number, number, number];
    rows[y]!.fill(1, x, x + width);
  }
  return rows;
}

test("four light modules on every side, then the three finders", () => {
  const rows = modules(drawn("https://example.org/positions/a.html"));
  const size = rows.length;
  const [first, last] = [rows.findIndex((row) => row.includes(1)), size - 1 - rows.slice().reverse().findIndex((row) => row.includes(1))];
  assert.deepEqual([first, last], [4, size - 5]);
  assert.equal(Math.min(...rows.map((row) => (row.includes(1) ? row.indexOf(1) : size))), 4);
  assert.equal(Math.max(...rows.map((row) => row.lastIndexOf(1))), size - 5);
  for (const [x, y] of [[4, 4], [size - 11, 4], [4, size - 11]]) {
    assert.deepEqual(rows[y!]!.slice(x, x! + 7), [1, 1, 1, 1, 1, 1, 1]);
    assert.deepEqual(rows[y! + 3]!.slice(x, x! + 7), [1, 0, 1, 1, 1, 0, 1]);
  }
});

test("ECC M: its two format bits, unmasked", () => {
  const rows = modules(drawn("k"));
  assert.deepEqual(rows[4 + 8]!.slice(4, 6), [1, 0]); // 00 with the mask 10… of the format
  assert.equal(rows.length, 21 + 8);
});

test("characters are counted in UTF-8, and the largest code still holds MOST bytes", () => {
  assert.ok(drawn("海".repeat(14)).size > drawn("h".repeat(14)).size);
  assert.equal(drawn("7".repeat(MOST)).size, 177 + 8);
  assert.throws(() => drawn("7".repeat(MOST + 1)));
});

test("the same text is the same picture", () => {
  assert.deepEqual(drawn("海棠花红"), drawn("海棠花红"));
});
