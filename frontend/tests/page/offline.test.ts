// Where the service worker may be registered, and which page an address of offline.html may lead back to.

import assert from "node:assert/strict";
import { test } from "node:test";
import { mayKeep, wantedPage, type Surroundings } from "../../src/page/offline";
import { isDear } from "../../src/versions/dear-line";

const HTTPS: Surroundings = { protocol: "https:", wanted: true, kiosk: false, secure: true };

test("https and this very machine may keep the site", () => {
  assert.equal(mayKeep(HTTPS), true);
  assert.equal(mayKeep({ ...HTTPS, protocol: "http:" }), true); // secure: localhost
});

test("nothing else may", () => {
  assert.equal(mayKeep({ ...HTTPS, protocol: "file:" }), false); // file:// counts as secure, too
  assert.equal(mayKeep({ ...HTTPS, protocol: "http:", secure: false }), false);
  assert.equal(mayKeep({ ...HTTPS, wanted: false }), false);
  assert.equal(mayKeep({ ...HTTPS, kiosk: true }), false);
});

test("who saves data, or has little of a network, is sent nothing that was not asked for", () => {
  assert.equal(isDear(undefined), false);
  assert.equal(isDear({ saveData: false, effectiveType: "4g" }), false);
  assert.equal(isDear({ saveData: true, effectiveType: "4g" }), true);
  assert.equal(isDear({ effectiveType: "slow-2g" }), true);
});

test("the offline page leads back into the site only", () => {
  assert.equal(wantedPage("#positions/fushikang.html"), "positions/fushikang.html");
  assert.equal(wantedPage("#towns/lujia.2.html"), "towns/lujia.2.html");
  assert.equal(wantedPage("#%E5%B8%AE%E5%8A%A9.html"), "%E5%B8%AE%E5%8A%A9.html");
  for (const hash of ["", "#", "#//example.org/a.html", "#https://example.org/a.html", "#../a.html", "#javascript:a.html", "#/a.html", "#%2e%2e/a.html", "#.%2E/a.html", "#a/%2E./b.html", "#a/%2e%2E/%2e%2e/b.html"]) {
    assert.equal(wantedPage(hash), "", hash);
  }
});
