// What an embedded page is asked, and what other sites write for it.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Need } from "../../src/data/needs";
import { needsAsked, readAsked, themeOf } from "../../src/embed/embed-address";
import { listLine, mapLine, type Chosen } from "../../src/embed/lines";
import type { Group } from "../../src/finder/query/filters";

const KNOWN: { [group in Group]: string[] } = {
  town: ["lujia", "huaqiao"], tier: ["centre", "station"], service: ["图书借阅", "政策咨询"], facility: ["饮水"], brand: ["he-hua"],
};
const need = (kind: Need["kind"], id: string, name: string): Need => ({ kind, id, name, also: [], icon: "any", group: "" });
const NEEDS = [need("service", "tushu", "图书借阅"), need("service", "zhengce", "政策咨询"), need("facility", "yinshui", "饮水"), need("site_kind", "louyu", "商务楼宇")];
const read = (search: string): ReturnType<typeof readAsked> => readAsked(search, NEEDS, (group) => KNOWN[group]);

test("needs are the finder's own choices, and several of a kind are any of them", () => {
  const { filters, isLost } = read("?need=tushu&need=yinshui&need=zhengce&town=lujia&theme=dark");
  assert.deepEqual([filters.service, filters.facility, filters.town, isLost], [["图书借阅", "政策咨询"], ["饮水"], ["lujia"], false]);
  assert.deepEqual(needsAsked("?need=a&need=b&x=1"), ["a", "b"]);
});

test("what is not there is told where nothing else of its kind is", () => {
  for (const search of ["?town=nowhere", "?need=nothing", "?need=louyu", "?tier=centre&brand=gone", "?town=__proto__"]) assert.ok(read(search).isLost, search);
  for (const search of ["", "?town=", "?town=nowhere&town=lujia", "?q=x", "?theme=dark", "?need=tushu&need=nothing"]) assert.ok(!read(search).isLost, search);
});

test("a theme is light or dark, or the visitor's own", () => {
  assert.deepEqual(["?theme=dark", "?theme=light", "?theme=auto", "?theme=%22x", ""].map(themeOf), ["dark", "light", "", "", ""]);
});

test("what other sites write is HTML that holds any name as a text", () => {
  const chosen: Chosen = { search: "?town=a&tier=b", names: ["“甲”", '<b>"x"&'], town: "a", townName: "<甲>", width: "360", height: 500, adapts: true };
  const site = { address: "https://example.org/en/embed.html", script: "https://example.org/data/embed.js", title: "样例" };
  assert.equal(mapLine(chosen, site), '<iframe src="https://example.org/en/embed.html?town=a&amp;tier=b" title="样例 · “甲” · &lt;b&gt;&quot;x&quot;&amp;" '
    + 'width="360" height="500" loading="lazy"></iframe>\n<script src="https://example.org/data/embed.js" async></script>');
  assert.match(mapLine({ ...chosen, width: '1"', adapts: false }, site), /width="100%" height="500" loading="lazy"><\/iframe>$/);
  assert.equal(listLine(chosen, site), '<div data-haitang-town="a"><a href="https://example.org/en/towns/a.html">&lt;甲&gt;</a></div>\n'
    + '<script src="https://example.org/data/embed.js" async></script>');
});
