// Holds files against JSON Schemas, in the strict mode of ajv. On standard input a JSON object: the path of each schema, and those
// of the files it is of. What is wrong goes out as JSON: a list of [path, what ajv says].
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const Ajv = require("ajv/dist/2020").default;
const formats = require("ajv-formats").default;
const found = [];
const content = (path) => JSON.parse(readFileSync(path, "utf8"));
for (const [schema, files] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  try {
    const valid = formats(new Ajv({ strict: true })).compile(content(schema));
    for (const file of files) if (!valid(content(file))) found.push([file, JSON.stringify(valid.errors)]);
  } catch (error) {
    found.push([schema, String(error)]);
  }
}
process.stdout.write(JSON.stringify(found));
