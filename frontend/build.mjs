// Bundles the browser code into classic scripts: `node build.mjs OUTDIR`. The same sources always give the same bytes.

import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = process.argv[2];
if (!OUT) {
  console.error("usage: node build.mjs OUTDIR");
  process.exit(2);
}

// One file of src/entries is one bundle, and its name below that folder is the bundle's. What is made for every page has no
// folder; of worker/sw.js and worker/off.js haitang/site/service_worker.py publishes one as sw.js. Of start.js: src/versions/former-worker.ts says
// why it bears no name that a release before it had.
const HALL = /^(kiosk|launcher)\//;
const ENTRIES = "src/entries";
const isEntry = (name) => /\.(ts|css)$/.test(name);
const names = (await readdir(join(HERE, ENTRIES), { recursive: true })).map((name) => name.split(sep).join("/")).filter(isEntry).sort();

const bundled = (entries, mayAsk) => build({
  absWorkingDir: HERE,
  entryPoints: entries.map((name) => `${ENTRIES}/${name}`),
  outbase: ENTRIES,
  outdir: resolve(OUT),
  define: {
    "process.env.NODE_ENV": '"production"', // Workbox without its talk
    MAY_ASK: String(mayAsk), // a server for its version; in a hall there is none, and its pages have no code for it
    // `target` lowers syntax only: what old browsers lack besides, and packages call, stands in src/core/older-browsers.ts.
    "Object.hasOwn": "objectHasOwn",
    "Promise.allSettled": "promiseAllSettled",
  },
  inject: ["src/core/older-browsers.ts"],
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
const made = await Promise.all([
  bundled(names.filter((name) => !HALL.test(name)), true),
  bundled(names.filter((name) => HALL.test(name)), false),
]);

// Whose code really is in a bundle: some of it, not only looked at. What is handed out apart has a list of its own. Sorted, so
// that no list depends on esbuild's order. haitang/site/licences.py reads them.
const FONT = "node_modules/@fontsource-variable/noto-sans-sc"; // haitang/media/fonts.py puts what is needed of it into a kiosk
const [site, hall] = made.map(({ metafile }) => Object.values(metafile.outputs).flatMap(({ inputs }) =>
  Object.keys(inputs).filter((input) => inputs[input].bytesInOutput)));
await licences("licences.txt", site);
await licences("kiosk/licences.txt", [...hall, `${FONT}/LICENSE`]);

async function licences(path, inputs) {
  const folders = new Map();
  for (const input of inputs) {
    const match = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(input.split(sep).join("/"));
    if (match) folders.set(match[2], match[1]);
  }
  const parts = [];
  for (const name of [...folders.keys()].sort()) {
    const folder = join(HERE, relative(HERE, resolve(HERE, folders.get(name))));
    const { version, license, homepage, module } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const own = await readFile(join(folder, "LICENSE"), "utf8").catch(() => notice(join(folder, module)));
    parts.push(`${name} ${version} (${license})${homepage ? `\n${homepage}` : ""}\n\n${own.replace(/\r\n/g, "\n").trim()}\n`);
  }
  await mkdir(dirname(join(OUT, path)), { recursive: true });
  await writeFile(join(OUT, path), parts.join(`\n${"-".repeat(72)}\n\n`));
}

/** The comment at the head of a package's code: one that has no LICENSE says there whose it is and under which licence. */
async function notice(file) {
  const lines = (await readFile(file, "utf8")).split("\n");
  const end = lines.findIndex((line) => !line.startsWith("//"));
  const text = lines.slice(0, end).map((line) => line.replace(/^\/\/-*\s?/, "")).join("\n").trim();
  if (!/copyright/i.test(text)) throw new Error(`no licence in ${file}`);
  return text;
}
