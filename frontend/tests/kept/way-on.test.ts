// Which search stands for a list that was never read.

import assert from "node:assert/strict";
import { test } from "node:test";
import { wayIn } from "../../src/kept/way-on";
import { putWords } from "../fixtures/directory";

const need = { also: [], icon: "any", group: "" };
const KNOWN = {
  towns: [
    { id: "lujia", name: "陆家镇", area: "kunshan", lon: null, lat: null },
    { id: "kunshan", name: "昆山", area: "kunshan", lon: null, lat: null },
  ],
  brands: [{ id: "hong", name: "红" }],
  needs: [
    { ...need, kind: "service" as const, id: "tu-shu", name: "图书&借阅" },
    { ...need, kind: "facility" as const, id: "yin-shui", name: "饮水机" },
    { ...need, kind: "site_kind" as const, id: "qu-zhen", name: "区镇" },
    { ...need, kind: "activity_kind" as const, id: "xuexi", name: "学习" },
  ],
};

test("lists of towns, tiers, brands and needs are the search with that filter", () => {
  putWords({});
  for (const [page, name, query] of [
    ["towns/lujia.html", "陆家镇", "?town=lujia"],
    ["towns/lujia.2.html", "陆家镇", "?town=lujia"],
    ["towns/kunshan.html", "区镇待核实", "?town=kunshan"],
    ["activities/town-lujia.html", "陆家镇", "?town=lujia"],
    ["tiers/centre.html", "中心", "?tier=centre"],
    ["brands/hong.html", "红", "?brand=hong"],
    ["needs/tu-shu.html", "图书&借阅", "?service=%E5%9B%BE%E4%B9%A6%26%E5%80%9F%E9%98%85"],
    ["needs/yin-shui.html", "饮水机", `?facility=${encodeURIComponent("饮水机")}`],
    ["needs/qu-zhen.html", "区镇", `?q=${encodeURIComponent("区镇")}`],
    ["towns/index.html", "全部", ""],
    ["activities/kind-xuexi.html", "学习", `?q=${encodeURIComponent("学习")}`],
  ] as const) {
    assert.deepEqual(wayIn(KNOWN, page, "全部"), { name, query }, page);
  }
});

test("of what is no list, or not known, nothing is claimed", () => {
  for (const page of ["towns/gone.html", "brands/gone.html", "needs/gone.html", "tiers/gone.html", "about/methods.html", "about/index.html", "progress.html"]) {
    assert.equal(wayIn(KNOWN, page, "全部"), null, page);
  }
});
