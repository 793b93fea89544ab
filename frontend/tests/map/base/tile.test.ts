import assert from "node:assert/strict";
import { test } from "node:test";
import { namesOf, unpackTile, worldX, worldY, type PackedTile } from "../../../src/map/base/tile";

const stay = (spot: { lon: number; lat: number }): { lon: number; lat: number } => spot;
// Two lines from the tile's corner: (0,0) (10,-1), then (11,-1) (9,3), in steps of a hundredth of a degree.
const packed: PackedTile = { west: 120, south: 31, step: 0.01, layers: [{ kind: 2, form: 1, rank: 0, count: "22", steps: "00k12038", names: "甲路\n" }] };

const same = (found: ArrayLike<number>, meant: number[]): void => {
  assert.equal(found.length, meant.length);
  meant.forEach((value, at) => assert.ok(Math.abs(found[at]! - value) < 1e-12, `${at}: ${found[at]!}`));
};

test("a tile is unpacked to the world's square", () => {
  const [group] = unpackTile(packed, stay);
  assert.deepEqual(group!.pieces.map(({ name }) => name), ["甲路", ""]);
  const [first, second] = group!.pieces;
  same(first!.points, [worldX(120), worldY(31), worldX(120.1), worldY(30.99)]);
  same(second!.points, [worldX(120.11), worldY(30.99), worldX(120.09), worldY(31.03)]);
  same([second!.west, second!.east], [worldX(120.09), worldX(120.11)]);
  assert.ok(second!.north < second!.south);
});

test("the ground may lie elsewhere", () => {
  const [group] = unpackTile(packed, ({ lon, lat }) => ({ lon: lon + 1, lat }));
  assert.equal(group!.pieces[0]!.points[0], worldX(121));
});

test("a file that was cut short is refused", () => {
  assert.throws(() => unpackTile({ ...packed, layers: [{ ...packed.layers[0]!, steps: "00k1" }] }, stay), /columns differ/);
  assert.throws(() => unpackTile({ ...packed, layers: [{ ...packed.layers[0]!, names: "甲" }] }, stay), /columns differ/);
});

test("the world's square is the web Mercator map", () => {
  assert.equal(worldX(-180), 0);
  assert.equal(worldY(0), 0.5);
  assert.ok(Math.abs(worldY(85.0511287798) - 0) < 1e-9);
});

test("a further language says the names its own way, where it has one", () => {
  const said = namesOf({ name: "甲路\n乙路", said: "Jia Road\nYi Lu" });
  assert.deepEqual(unpackTile(packed, stay, said)[0]!.pieces.map(({ name }) => name), ["Jia Road", ""]);
  assert.equal(namesOf(undefined).size, 0);
});
