// What an address that is not there asks for.

import assert from "node:assert/strict";
import { test } from "node:test";
import { lostIn } from "../../src/search/lost-address";
import { isNear } from "../../src/search/meant";

const asked = (path: string): string => {
  const lost = lostIn(path);
  return lost ? `${lost.folder}|${lost.id}|${lost.words}` : "";
};

test("an address is read through what servers, chats and fingers make of it", () => {
  const whole = "positions|qifa-guangchang|qifa guangchang";
  for (const path of [
    "positions/qifa-guangchang.html", "positions/qifa-guangchang", "positions/qifa-guangchang/", "Positions/QIFA-Guangchang.HTML",
    "positions/lujia/qifa-guangchang.yml", "positions/qifa-guangchang.html，点开看看", "positions/qifa-guangchang%E3%80%82",
    "positions/qifa-guangchang.html%20%E5%BF%AB%E6%9D%A5", "positions/qifa-guangchang.html)", "positions//qifa-guangchang.2.html", "positions/qifa_guangchang.php?x=1",
  ]) assert.equal(asked(path).replace("_", "-"), whole, path);
  assert.equal(asked("towns/lujia.html"), "towns|lujia|lujia");
  assert.equal(asked("activities/kind-dianying.html"), "activities|dianying|dianying");
  assert.equal(asked("%E5%90%AF%E5%8F%91%E5%B9%BF%E5%9C%BA"), "|启发广场|启发广场");
  assert.equal(asked("positions/启发广场.html"), "positions|启发广场|启发广场");
});

test("what says nothing is nothing, and no address breaks it", () => {
  for (const path of ["", "/", "index.html", "positions/", "towns", "%", "%E5%90", "...", "positions/.html"]) assert.equal(asked(path), "", path);
  assert.equal(asked("<script>alert(1)</script>"), "|script|script");
  assert.equal(asked(`needs/${"a".repeat(5000)}`).length, "needs||".length + 120);
});

test("an id is near another by a slip or two, or as a part of it", () => {
  for (const [id, written] of [["qifa-guangchang", "qifa-guangchagn"], ["qifa-guangchang", "qifaguangchang"], ["lujia", "lujai"], ["lujia-zhen", "lujia"], ["dayin", "dayn"]] as const) {
    assert.equal(isNear(id, written), true, written);
  }
  for (const [id, written] of [["lujia", "huaqiao"], ["he", "ha"], ["zhou", "zhu"], ["qifa-guangchang", "qingyang"]] as const) {
    assert.equal(isNear(id, written), false, written);
  }
});
