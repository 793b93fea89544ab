// Unit tests of the pure browser code, in Node: `node test.mjs [NAME…]`. Bundled first, as the browser gets it.

import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const names = (await readdir(join(HERE, "tests"))).filter((name) => name.endsWith(".test.ts")).sort();
const chosen = wanted.length ? names.filter((name) => wanted.some((part) => name.startsWith(part))) : names;
if (!chosen.length) {
  console.error("no tests");
  process.exit(1);
}
const out = await mkdtemp(join(tmpdir(), "haitang-frontend-"));
try {
  await build({
    absWorkingDir: HERE,
    entryPoints: chosen.map((name) => `tests/${name}`),
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
  const done = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files], { stdio: "inherit" });
  process.exitCode = done.status === 0 ? 0 : 1;
} finally {
  await rm(out, { recursive: true, force: true });
}
