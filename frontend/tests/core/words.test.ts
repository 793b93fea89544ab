import assert from "node:assert/strict";
import { test } from "node:test";
import { fill } from "../../src/core/words";

test("blanks are filled, and forms follow numbers", () => {
  assert.equal(fill("{count} 处", { count: 3 }), "3 处");
  assert.equal(fill("{a} {b}", { a: 1 }), "1 {b}");
  const text = "{count} {count:place|places}";
  assert.deepEqual([0, 1, 2, 21].map((count) => fill(text, { count })), ["0 places", "1 place", "2 places", "21 places"]);
  assert.equal(fill(text, { count: "1" }), "1 place");
  assert.equal(fill("{count} {count:处}", { count: 1 }), "1 处");
  assert.equal(fill("{count:place is|places are} listed", { count: 1 }), "place is listed");
});
