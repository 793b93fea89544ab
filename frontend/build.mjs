// Bundles the browser code into classic scripts: `node build.mjs OUTDIR`. The same sources always give the same bytes.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = process.argv[2];
if (!OUT) {
  console.error("usage: node build.mjs OUTDIR");
  process.exit(2);
}

const SITE = [
  "src/site.ts", "src/map.ts", "src/explore.ts", "src/find.ts", "src/activities.ts", "src/gallery.ts", "src/map.css",
  "src/admin/editor.ts", "src/admin/editor.css", "src/worker/sw.ts", "src/worker/off.ts",
];
// Under no name that a release before it had: src/former-worker.ts.
const START = { in: "src/early.ts", out: "start" };
const HALL = ["src/kiosk/kiosk.ts", "src/launcher/launcher.ts", "src/launcher/sample.ts"];

/** As it lies below src/; of worker/sw.js and worker/off.js haitang/site/service_worker.py publishes one as sw.js. */
const named = (path) => ({ in: path, out: path.replace(/^src\/|\.\w+$/g, "") });
const bundled = (entryPoints, mayAsk) => build({
  absWorkingDir: HERE,
  entryPoints,
  outdir: resolve(OUT),
  define: {
    "process.env.NODE_ENV": '"production"', // Workbox without its talk
    MAY_ASK: String(mayAsk), // a server for its version; in a hall there is none, and its pages have no code for it
    // `target` lowers syntax only: what old browsers lack besides, and packages call, stands in src/older-browsers.ts.
    "Object.hasOwn": "objectHasOwn",
    "Promise.allSettled": "promiseAllSettled",
  },
  inject: ["src/older-browsers.ts"],
  bundle: true,
  minify: true,
  format: "iife",
  // Kiosks may run a Chromium of 2018: ES2015 syntax, and CSS that it understands.
  target: ["es2015", "chrome69", "safari13"],
  // Part of ES2015; esbuild doubts Safari before 14.1 for a corner case of it that occurs nowhere here.
  supported: { destructuring: true },
  charset: "utf8",
  legalComments: "none", // gathered in licences.txt instead
  metafile: true,
  logLevel: "warning",
});
const made = await Promise.all([bundled([START, ...SITE.map(named)], true), bundled(HALL.map(named), false)]);
const inputs = made.flatMap(({ metafile }) => Object.keys(metafile.inputs));

// Only packages whose code really is in a bundle; sorted, so that the file does not depend on esbuild's order.
const folders = new Map();
for (const input of inputs) {
  const match = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(input.split(sep).join("/"));
  if (match) folders.set(match[2], match[1]);
}
// map.css holds the part of Leaflet's own style sheet that is needed, so Leaflet stands here in any case.
const parts = [];
for (const name of [...folders.keys()].sort()) {
  const folder = join(HERE, relative(HERE, resolve(HERE, folders.get(name))));
  const { version, license, homepage, module } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const text = (await readFile(join(folder, "LICENSE"), "utf8").catch(() => notice(join(folder, module)))).replace(/\r\n/g, "\n").trim();
  parts.push(`${name} ${version} (${license})${homepage ? `\n${homepage}` : ""}\n\n${text}\n`);
}
await mkdir(OUT, { recursive: true });
await writeFile(join(OUT, "licences.txt"), parts.join(`\n${"-".repeat(72)}\n\n`));

/** The comment at the head of a package's code: one that has no LICENSE says there whose it is and under which licence. */
async function notice(file) {
  const lines = (await readFile(file, "utf8")).split("\n");
  const end = lines.findIndex((line) => !line.startsWith("//"));
  const text = lines.slice(0, end).map((line) => line.replace(/^\/\/-*\s?/, "")).join("\n").trim();
  if (!/copyright/i.test(text)) throw new Error(`no licence in ${file}`);
  return text;
}
