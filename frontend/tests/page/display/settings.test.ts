import { strict as assert } from "node:assert";
import { test } from "node:test";
import { attributes, changed, effective, parsed, plain } from "../../../src/page/display/settings";

test("what was stored is taken only as far as it makes sense", () => {
  assert.deepEqual(parsed(null), plain());
  for (const nonsense of ["", "{", "null", "3", "[]", '"large"', '{"size":"huge","contrast":7,"theme":null}']) {
    assert.deepEqual(parsed(nonsense), plain(), nonsense);
  }
  assert.deepEqual(parsed('{"size":"xlarge","theme":"pink","reading":"text","more":1}'), { ...plain(), size: "xlarge", reading: "text" });
  assert.deepEqual(parsed('{"__proto__":{"size":"large"}}'), plain());
});

test("a page without settings has no attributes", () => {
  assert.deepEqual(attributes(plain()), {});
  assert.deepEqual(attributes({ ...plain(), size: "large", theme: "dark" }), { "data-size": "large", "data-theme": "dark" });
});

test("the simple version has large text and high contrast, and gives the other settings back", () => {
  const mine = { ...plain(), theme: "dark" as const };
  const elder = changed(mine, "elder", "on");
  assert.deepEqual(attributes(elder), { "data-size": "large", "data-contrast": "high", "data-theme": "dark", "data-elder": "on" });
  assert.deepEqual(changed(elder, "elder", "off"), mine);
  assert.equal(effective({ ...elder, size: "xlarge" }).size, "xlarge");
});

test("what the simple version does not allow leaves it, the rest stays as seen", () => {
  const elder = changed(plain(), "elder", "on");
  assert.deepEqual(changed(elder, "contrast", "normal"), { ...plain(), size: "large" });
  assert.deepEqual(changed(elder, "size", "normal"), { ...plain(), contrast: "high" });
  assert.equal(changed(elder, "size", "xlarge").elder, "on");
  assert.equal(changed(elder, "theme", "dark").elder, "on");
  assert.deepEqual(changed(plain(), "size", "enormous"), plain());
});
