// The form reads what check and sheets read: tests/model/test_points.py has the same list.

import assert from "node:assert/strict";
import { test } from "node:test";

import { appOf, readCoordinates } from "../../../src/admin/judge/pasted-coordinates";
import cases from "../../fixtures/pasted-points.json";

for (const { text, lon, lat, crs } of cases as { text: string; lon: string | null; lat?: string; crs?: string | null }[]) {
  test(`pasted: ${text}`, () => {
    const pair = readCoordinates(text);
    assert.deepEqual(pair, lon === null ? undefined : { lon, lat });
    if (pair) assert.equal(appOf(text), crs ?? undefined);
  });
}
