import assert from "node:assert/strict";
import { test } from "node:test";
import { heldAddress, readHeldAddress, readListAddress } from "../../../src/kiosk/cards/choices";

test("where an activity takes place comes back from its address", () => {
  for (const name of ["老人理发", "二楼/三楼讲座", "a+b", "", "held/1/x"]) {
    for (const rows of [[0], [3, 5, 40], [49, 0]]) assert.deepEqual(readHeldAddress(heldAddress(rows, name), 50), { rows, name });
  }
});

test("rows that are not there are left out", () => {
  for (const what of ["held/", "held//名", "held/50/名", "held/-1/名", "held/1e1/名", "held/1.5/名", "held/x/名", "held/ 1/名"]) {
    assert.deepEqual(readHeldAddress(what, 50)!.rows, [], what);
  }
});

test("what is chosen among towns, tiers and brands is no such address", () => {
  for (const what of ["", "town", "town/hecheng", "tier/centre", "service/held/1/x", "heldx/1", "brand/he-hua"]) {
    assert.equal(readHeldAddress(what, 50), null, what);
  }
  assert.equal(readListAddress("town/hecheng").value, "hecheng");
});
