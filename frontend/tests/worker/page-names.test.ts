// A page has one name, however a host wants to be asked for it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isPage, nameOf } from "../../src/worker/page-names";

const ROOT = "https://a.example/dir/";

test("a page is known under every address that hosts give it", () => {
  for (const [address, name] of [
    ["positions/he-cheng.html", "positions/he-cheng.html"],
    ["positions/he-cheng", "positions/he-cheng.html"],
    ["positions/he-cheng?from=singlemessage#way", "positions/he-cheng.html"],
    ["positions/", "positions/index.html"],
    ["", "index.html"],
    ["towns/lujia.2", "towns/lujia.2.html"],
    ["search?q=a.b/c", "search.html"],
  ] as const) {
    assert.equal(nameOf(ROOT + address), ROOT + name);
    assert.ok(isPage(new URL(ROOT + address).pathname), address);
  }
});

test("what is no page is none", () => {
  for (const path of ["sw.js", "data/places.js", "photos/a.jpg", "sitemap.xml", "manifest.webmanifest", "activities/town-lujia.ics"]) {
    assert.equal(isPage(`/dir/${path}`), false, path);
  }
});
