import assert from "node:assert/strict";
import { test } from "node:test";
import { gcj02ToWgs84, metresBetween } from "../../src/data/geo";
import { routeOnFoot, spotOnPhone } from "../../src/data/navigation";

Object.assign(globalThis, { window: {} });

test("the way is asked for on foot, to the spot in Amap's own degrees, with the name whatever it holds", () => {
  const spot = { lon: 120.95, lat: 31.38 };
  const url = new URL(routeOnFoot(spot, "甲,乙&丙"));
  assert.equal(url.searchParams.get("mode"), "walk");
  const [lon, lat, ...name] = url.searchParams.get("to")!.split(",");
  assert.ok(metresBetween(gcj02ToWgs84({ lon: Number(lon), lat: Number(lat) }), spot) < 0.2);
  assert.equal(name.join(","), "甲,乙&丙");
});

test("a phone's own map is given WGS-84 degrees, latitude first", () => {
  assert.equal(spotOnPhone({ lon: 120.95, lat: 31.38 }), "geo:31.380000,120.950000");
});

test("abroad the way is OpenStreetMap's, in WGS-84", () => {
  Object.assign(window, { HAITANG: { dial: { code: "44", trunk: "0" } } });
  const url = new URL(routeOnFoot({ lon: -1.5, lat: 53.8 }, "Armley Library"));
  assert.equal(url.host, "www.openstreetmap.org");
  assert.equal(url.searchParams.get("route"), ";53.800000,-1.500000");
});
