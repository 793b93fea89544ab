// The files visitors take along: tables that open right and run nothing, map data as RFC 7946 wants it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asCsv, asGeoJson, cell, fileName } from "../../../src/finder/export/download";
import { directory, putWords } from "../../fixtures/directory";

const COLUMNS = ["名称", "层级", "区镇", "村（社区）", "地址", "开放时间", "电话", "能办什么", "设施", "品牌", "状态", "核实日期", "经度", "纬度", "网页"];
putWords({ columns: COLUMNS, file: "海棠花红-{count}处-{day}" });

const DATA = directory([
  { name: '红"富"士,站', services: ["图书、报刊", "法律"], brands: ["hong"], phone: "0512-57000000", hours: "08:30-17:00", verified: "2026-01-02", at: [120.950001, 31.38] },
  { name: "=HYPERLINK(\"http://x\")", address: "第一行\n第二行", phone: "+86 512 5700", precise: false },
  { name: "没有位置", tier: "unknown", town: 2, at: null, status: "planned" },
]);
const page = (id: string): string => `https://example.org/positions/${id}.html`;

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

test("a table begins with a BOM, ends its lines with CRLF and reads as it was meant", () => {
  const text = asCsv(DATA, [0, 1, 2], page);
  assert.equal(text.charCodeAt(0), 0xfeff);
  assert.equal(text.replace(/"(?:[^"]|"")*"/g, "").replace(/\r\n/g, "").indexOf("\n"), -1);
  const rows = readCsv(text.slice(1));
  assert.deepEqual(rows[0], COLUMNS);
  assert.equal(rows.length, 4);
  assert.ok(rows.every((row) => row.length === COLUMNS.length));
  assert.deepEqual(rows[1], ['红"富"士,站', "站", "甲镇", "", "", "08:30-17:00", "0512-57000000", "图书、报刊、法律", "", "品牌hong", "已启用", "2026-01-02", "120.950001", "31.38", page("p0")]);
  assert.equal(rows[2]![4], "第一行\n第二行");
});

test("what could run as a formula does not", () => {
  for (const text of ["=1+1", "+86 512", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\tx", "\r=1", "\n=1", "  =1", "＝1", "%x", "|x"]) {
    const raw = cell(text).replace(/^"/, "");
    assert.equal(raw[0], "'", JSON.stringify(text));
  }
  assert.equal(cell("0512-5700=1"), "0512-5700=1");
  assert.equal(cell(-1.5), "-1.5");
  const rows = readCsv(asCsv(DATA, [1], page).slice(1));
  assert.equal(rows[1]![0], "'=HYPERLINK(\"http://x\")");
  assert.equal(rows[1]![6], "'+86 512 5700");
});

test("a place known only to its town gets no point", () => {
  const rows = readCsv(asCsv(DATA, [1, 2], page).slice(1));
  assert.deepEqual(rows.slice(1).map((row) => row.slice(12, 14)), [["", ""], ["", ""]]);
});

test("map data has longitude first, null where nobody knows, lists as lists", () => {
  const { type, features } = JSON.parse(asGeoJson(DATA, [0, 1, 2], page));
  assert.equal(type, "FeatureCollection");
  assert.deepEqual(features.map((feature: { geometry: unknown }) => feature.geometry), [
    { type: "Point", coordinates: [120.950001, 31.38] }, null, null,
  ]);
  assert.ok(features.every((feature: { type: string }) => feature.type === "Feature"));
  assert.deepEqual(features[0].properties.services, ["图书、报刊", "法律"]);
  assert.equal(features[2].properties.town, "区镇待核实");
  assert.equal(features[1].properties.name, "=HYPERLINK(\"http://x\")");
});

test("rows keep the order they were shown in", () => {
  const names = readCsv(asCsv(DATA, [2, 0], page).slice(1)).slice(1).map((row) => row[0]);
  assert.deepEqual(names, ["没有位置", '红"富"士,站']);
});

test("a file's name has nothing in it that a disk refuses", () => {
  assert.equal(fileName(12, "2026-11-20", "csv"), "海棠花红-12处-2026-11-20.csv");
  assert.equal(fileName(1, "a/b:c\\d", "csv"), "海棠花红-1处-abcd.csv");
});
