// The files visitors take along: tables that open right and run nothing, map data as RFC 7946 wants it, both in the words of the
// release (tests/site/release/test_download.py holds names and values against data/v1).

import assert from "node:assert/strict";
import { test } from "node:test";
import { asCsv, asGeoJson, cell, COLUMNS, fileName } from "../../../src/finder/export/download";
import type { Need } from "../../../src/data/needs";
import { directory, putWords } from "../../fixtures/directory";

putWords({ file: "海棠花红-{count}处-{day}" });

const need = (kind: Need["kind"], id: string, name: string): Need => ({ kind, id, name, also: [], icon: "any", group: "" });
const SOURCE = {
  data: directory([
    { name: '红"富"士,站', services: ["图书、报刊", "法律;"], brands: ["hong"], phone: "0512-57000000", hours: "08:30-17:00", verified: "2026-01-02", at: [120.950001, 31.38], status: "open" },
    { name: "=HYPERLINK(\"http://x\")", address: "第一行\n第二行", phone: "+86 512 5700", precise: false },
    { name: "没有位置", tier: "unknown", town: 2, at: null, status: "planned", services: ["不认得"] },
  ]),
  needs: [need("facility", "falv", "法律;"), need("service", "falv", "法律;"), need("service", "tushu", "图书、报刊")],
  pageOf: (id: string): string => `https://example.org/positions/${id}.html`,
};

/** A reader of its own: RFC 4180, quotes and line ends inside quotes. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  for (let match = pattern.exec(text); match && match.index < text.length; match = pattern.exec(text)) {
    rows[rows.length - 1]!.push(match[1] !== undefined ? match[1].replace(/""/g, '"') : match[2]!);
    if (match[3] === "\r\n") rows.push([]);
  }
  return rows.filter((row) => row.length);
}

/** The rows of a table, by the names of their columns. */
function told(rows: number[]): { [name: string]: string }[] {
  const [names, ...lines] = readCsv(asCsv(SOURCE, rows).slice(1));
  return lines.map((line) => Object.assign({}, ...line.map((text, at) => ({ [names![at]!]: text }))) as { [name: string]: string });
}

test("a table begins with a BOM, ends its lines with CRLF and reads as it was meant", () => {
  const text = asCsv(SOURCE, [0, 1, 2]);
  assert.equal(text.charCodeAt(0), 0xfeff);
  assert.equal(text.replace(/"(?:[^"]|"")*"/g, "").replace(/\r\n/g, "").indexOf("\n"), -1);
  const rows = readCsv(text.slice(1));
  assert.deepEqual(rows[0], [...COLUMNS]);
  assert.equal(rows.length, 4);
  assert.ok(rows.every((row) => row.length === COLUMNS.length));
  const [first, second] = told([0, 1]);
  const said = {
    id: "p0", name: '红"富"士,站', tier: "station", tier_name: "站", town: "jia", town_name: "甲镇", area: "shi", community: "", address: "",
    lon: "120.950001", lat: "31.38", status: "open", status_name: "已启用", hours: "08:30-17:00", phone: "0512-57000000",
    services: "falv;tushu", service_names: "法律\\;;图书、报刊", facilities: "", facility_names: "", brands: "hong", brand_names: "品牌hong",
    verified: "2026-01-02", page: "https://example.org/positions/p0.html",
  };
  assert.deepEqual(first, said);
  assert.equal(second!.address, "第一行\n第二行");
  assert.equal(second!.status, ""); // nobody said it
});

test("what could run as a formula does not, and reads back", () => {
  for (const text of ["=1+1", "+86 512", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\tx", "\r=1", "\n=1", "  =1", "＝1", "%x", "|x", "'=1", "''+1"]) {
    const raw = cell(text).replace(/^"/, "");
    assert.equal(raw.slice(0, text.length + 1).replace(/"$/, ""), `'${text}`.slice(0, raw.length), JSON.stringify(text));
  }
  assert.equal(cell("0512-5700=1"), "0512-5700=1");
  assert.equal(cell("'a"), "'a");
  assert.equal(cell(-1.5), "-1.5");
  const [row] = told([1]);
  assert.equal(row!.name, "'=HYPERLINK(\"http://x\")");
  assert.equal(row!.phone, "'+86 512 5700");
});

test("a place known only to its town gets no point, one of which neither is known no town, words that no vocabulary has no ids", () => {
  assert.deepEqual(told([1, 2]).map(({ lon, lat }) => [lon, lat]), [["", ""], ["", ""]]);
  const [row] = told([2]);
  assert.deepEqual([row!.town, row!.area, row!.tier, row!.services, row!.service_names], ["", "shi", "", "", "不认得"]);
});

test("map data has longitude first, null where nobody knows, lists as lists, and nothing empty", () => {
  const made = JSON.parse(asGeoJson(SOURCE, [0, 1, 2], "2026-01-03"));
  assert.deepEqual([made.type, made.version, made.licence, made.date], ["FeatureCollection", "v1", undefined, "2026-01-03"]);
  const features = made.features as { type: string; id: string; geometry: object | null; properties: { [name: string]: unknown } }[];
  assert.deepEqual(features.map((feature) => feature.geometry), [{ type: "Point", coordinates: [120.950001, 31.38] }, null, null]);
  assert.ok(features.every((feature) => feature.type === "Feature" && feature.id === feature.properties["id"]));
  assert.deepEqual(features[0]!.properties["services"], ["falv", "tushu"]);
  assert.deepEqual(Object.keys(features[2]!.properties), ["id", "name", "area", "status", "status_name", "service_names", "page"]);
  assert.equal(features[1]!.properties["name"], "=HYPERLINK(\"http://x\")");
});

test("map data says on which terms it may be used, where somebody said it", () => {
  window.HAITANG!["terms"] = { name: "CC0-1.0", url: "https://example.org/terms" };
  const made = JSON.parse(asGeoJson(SOURCE, [], ""));
  assert.deepEqual([made.licence, made.licence_url, "date" in made], ["CC0-1.0", "https://example.org/terms", false]);
  window.HAITANG!["terms"] = { name: "内部使用", url: "" };
  assert.equal("licence_url" in JSON.parse(asGeoJson(SOURCE, [], "")), false);
  delete window.HAITANG!["terms"];
});

test("rows keep the order they were shown in", () => {
  assert.deepEqual(told([2, 0]).map((row) => row.name), ["没有位置", '红"富"士,站']);
});

test("a file's name has nothing in it that a disk refuses", () => {
  assert.equal(fileName(12, "2026-11-20", "csv"), "海棠花红-12处-2026-11-20.csv");
  assert.equal(fileName(1, "a/b:c\\d", "csv"), "海棠花红-1处-abcd.csv");
});
