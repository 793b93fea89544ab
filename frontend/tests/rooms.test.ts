// The rooms of src: imports go one way, the way of the list in README.md, and never in a circle; types count as well. Entry
// points are the ends of it, nothing lies beside the rooms, and none of them overflows.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path/posix";
import { test } from "node:test";

const ENTRIES = "entries";
const MOST_MODULES = 14; // of a folder
const MOST_LINES = 350;
const MOST_ENTRY_LINES = 25;
const IMPORT = /\b(?:from|import|require)\s*\(?\s*["'](\.[^"']*)["']/g;

/** Text by path below src. */
type Files = { [path: string]: string };

const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf("/"), 0));
const roomOf = (path: string): string => (path.split("/")[0] === ENTRIES && path.includes("/") ? ENTRIES : folderOf(path));

/** What a module imports of src. Of what is not there the path as it is written: tsc says so, and so does `faults`. */
function importsOf(path: string, files: Files): string[] {
  return Array.from(files[path]!.matchAll(IMPORT), (found) => {
    const plain = normalize(join(folderOf(path), found[1]!));
    return ["", ".ts", ".d.ts", "/index.ts"].map((end) => plain + end).find((name) => name in files) || plain;
  });
}

/** Everything that is wrong, a sentence each. `rooms`: each may import those before it. */
function faults(files: Files, rooms: readonly string[]): string[] {
  const paths = Object.keys(files).sort();
  const there = new Set(paths.map(roomOf));
  return [
    ...paths.filter((path) => !folderOf(path)).map((path) => `${path} lies beside the rooms`),
    ...Array.from(there).filter((room) => room && !rooms.includes(room)).map((room) => `${room}/ is not in the list of rooms`),
    ...rooms.filter((room) => !there.has(room)).map((room) => `${room}/ is in the list of rooms and not there`),
    ...paths.flatMap((path) => wrongImports(path, files, rooms)),
    ...paths.flatMap((path) => tooLong(path, files[path]!)),
    ...tooFull(paths),
    ...circles(files),
  ];
}

function wrongImports(path: string, files: Files, rooms: readonly string[]): string[] {
  const [room, place] = [roomOf(path), rooms.indexOf(roomOf(path))];
  return importsOf(path, files).flatMap((target) => {
    if (!(target in files)) return [`${path} imports ${target}, which is not there`];
    const to = roomOf(target);
    if (to === ENTRIES) return [`${path} imports ${target}, an entry point`];
    return to === room || rooms.indexOf(to) < place ? [] : [`${path} imports ${target}, against the list of rooms`];
  });
}

function tooLong(path: string, text: string): string[] {
  const most = roomOf(path) === ENTRIES ? MOST_ENTRY_LINES : MOST_LINES;
  const lines = text.replace(/\n$/, "").split("\n").length;
  return lines > most ? [`${path} has ${lines} lines, more than ${most}`] : [];
}

function tooFull(paths: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(folderOf(path), (counts.get(folderOf(path)) || 0) + 1);
  const full = Array.from(counts).filter(([, count]) => count > MOST_MODULES);
  return full.map(([folder, count]) => `${folder}/ holds ${count} modules, more than ${MOST_MODULES}`);
}

/** One sentence for each import that leads back to where it came from. */
function circles(files: Files): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) found.push([...way.slice(way.indexOf(path)), path].join(" → "));
    if (way.includes(path) || done.has(path) || !(path in files)) return;
    for (const target of importsOf(path, files)) visit(target, [...way, path]);
    done.add(path);
  };
  for (const path of Object.keys(files).sort()) visit(path, []);
  return found;
}

function filesBelow(folder: string, isWanted: RegExp): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf-8" });
  return names.map((name) => name.replace(/\\/g, "/")).filter((name) => isWanted.test(name));
}

/** The first column of the table in README.md. */
function listedRooms(): string[] {
  const section = readFileSync("README.md", "utf-8").split(/^## /m).find((part) => part.startsWith("The rooms\n"))!;
  return Array.from(section.matchAll(/^\| `([\w/-]+)\/` \|/gm), (row) => row[1]!);
}

test("the rooms are as README.md says", () => {
  const files: Files = {};
  for (const path of filesBelow("src", /\.(ts|css)$/)) files[path] = readFileSync(`src/${path}`, "utf-8");
  assert.ok(Object.keys(files).length > 150);
  assert.deepEqual(faults(files, listedRooms()), []);
});

test("a test lies where its module does", () => {
  const tests = filesBelow("tests", /\.test\.ts$/).filter((path) => path.includes("/"));
  assert.ok(tests.length > 20);
  assert.deepEqual(tests.filter((path) => !existsSync(`src/${path.replace(".test.ts", ".ts")}`)), []);
});

test("what is named elsewhere is there", () => {
  const own = [...filesBelow("src", /\.ts$/), ...filesBelow("tests", /\.ts$/)];
  const told = readFileSync("README.md", "utf-8").match(/[\w/-]+(\.test)?\.ts\b/g)!;
  assert.ok(told.length > 50);
  const isThere = (name: string): boolean => own.some((path) => `/${path}`.endsWith(`/${name.replace(/^(src|tests)\//, "")}`));
  assert.deepEqual(told.filter((name) => !isThere(name)), []);
  for (const folder of ["../haitang", "../templates", "../docs", "../tests"]) {
    for (const path of filesBelow(folder, /(?<!golden\/.*)\.(py|html|css|md)$/)) {
      const named = readFileSync(`${folder}/${path}`, "utf-8").match(/frontend\/(src|tests)\/[\w/-]+(\.test)?\.(ts|json|css)/g) || [];
      assert.deepEqual(named.filter((name) => !existsSync(`../${name}`)), [], `${folder}/${path}`);
    }
  }
});

const ROOMS = ["core", "map/core", "map", ENTRIES];
const SOUND: Files = {
  "core/dom.ts": "export const a = 1;\n",
  "core/b.css": "",
  "map/core/mark.ts": 'import type { A } from "../../core/dom";\n',
  "map/map.ts": 'import {\n  mark,\n} from "./core/mark";\nimport "../core/b.css";\n',
  "entries/map.ts": 'import { map } from "../map/map";\nimport "leaflet";\n',
  "entries/hall/map.css": '@import "../../core/b.css";\n',
};
const UNSOUND: [change: Files, fault: string][] = [
  [{ "loose.ts": "" }, "loose.ts lies beside the rooms"],
  [{ "new/a.ts": "" }, "new/ is not in the list of rooms"],
  [{ "map/view/a.ts": "" }, "map/view/ is not in the list of rooms"],
  [{ "core/c.ts": 'import { map } from "../map/map";' }, "core/c.ts imports map/map.ts, against the list of rooms"],
  [{ "core/c.ts": 'export type { M } from "../map/core/mark";' }, "core/c.ts imports map/core/mark.ts, against the list of rooms"],
  [{ "core/c.ts": 'type M = import("../map/map").M;' }, "core/c.ts imports map/map.ts, against the list of rooms"],
  [{ "map/core/c.ts": 'import "../map";' }, "map/core/c.ts imports map/map.ts, against the list of rooms"],
  [{ "core/c.css": '@import "../map/c.css";', "map/c.css": "" }, "core/c.css imports map/c.css, against the list of rooms"],
  [{ "map/c.ts": 'import "../entries/map";' }, "map/c.ts imports entries/map.ts, an entry point"],
  [{ "entries/c.ts": 'import "./map";' }, "entries/c.ts imports entries/map.ts, an entry point"],
  [{ "map/c.ts": 'import "./gone";' }, "map/c.ts imports map/gone, which is not there"],
  [{ "entries/c.ts": "\n".repeat(26) }, "entries/c.ts has 26 lines, more than 25"],
  [{ "map/c.ts": "a\n".repeat(351) }, "map/c.ts has 351 lines, more than 350"],
  [{ "map/c.ts": 'import type { D } from "./d";', "map/d.ts": 'import type { C } from "./c";' }, "map/c.ts → map/d.ts → map/c.ts"],
  [{ "map/c.ts": 'import type { C } from "./c";' }, "map/c.ts → map/c.ts"],
  [Object.fromEntries(Array.from({ length: 14 }, (_, at) => [`map/m${at}.ts`, ""])), "map/ holds 15 modules, more than 14"],
];

test("a sound house has no faults, and a room that is gone is told", () => {
  assert.deepEqual(faults(SOUND, ROOMS), []);
  assert.deepEqual(faults(SOUND, [...ROOMS, "gone"]), ["gone/ is in the list of rooms and not there"]);
});

for (const [change, fault] of UNSOUND) {
  test(`the guard notices: ${fault}`, () => assert.deepEqual(faults({ ...SOUND, ...change }, ROOMS), [fault]));
}
