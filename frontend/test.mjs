// Unit tests of the pure browser code, in Node: `node test.mjs [PART OF A PATH…]`. Bundled first, as the browser gets it.

import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const all = (await readdir(join(HERE, "tests"), { recursive: true })).map((name) => name.split(sep).join("/"));
const names = all.filter((name) => name.endsWith(".test.ts")).sort();
const chosen = wanted.length ? names.filter((name) => wanted.some((part) => name.includes(part))) : names;
if (!chosen.length) {
  console.error("no tests");
  process.exit(1);
}
const out = await mkdtemp(join(tmpdir(), "haitang-frontend-"));
try {
  await build({
    absWorkingDir: HERE,
    entryPoints: chosen.map((name) => `tests/${name}`),
    outbase: "tests",
    outdir: out,
    bundle: true,
    platform: "node",
    format: "esm",
    outExtension: { ".js": ".mjs" },
    target: ["node20"],
    sourcemap: "inline",
    logLevel: "warning",
  });
  const files = chosen.map((name) => join(out, name.replace(/\.ts$/, ".mjs")));
  const done = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files], { stdio: "inherit", cwd: HERE });
  process.exitCode = done.status === 0 ? 0 : 1;
} finally {
  await rm(out, { recursive: true, force: true });
}
