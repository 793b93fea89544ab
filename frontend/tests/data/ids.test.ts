// The file that tells where a place is: as haitang/site/exports/shards/ids.py reckons it (tests/site/test_ids.py).

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileOf } from "../../src/data/ids";

const KNOWN: [id: string, digest: number][] = [["", 0x811c9dc5], ["a", 0xe40c292c], ["foobar", 0xbf9cf968], ["p-003", 0x50427a3f], ["lujia-zhen-1", 0xbe21215e]];

test("an id has the file that was written for it", () => {
  for (const [id, digest] of KNOWN) {
    for (const count of [1, 2, 256, 4096, 2 ** 32]) assert.equal(fileOf(id, count), digest % count);
  }
});
