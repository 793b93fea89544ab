// What scripts and style sheets use that is younger than the oldest browsers: `node compat.mjs FILE…` prints {file: [name]}.
// It goes by MDN's browser-compat-data. The rule for methods, whose object nobody knows: a name is told when it is called and no
// old class has a method of that name; one that the file itself gives to something of its own is taken for that.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parse } from "acorn";
import { full } from "acorn-walk";

const OLDEST = { chrome: 69, safari_ios: 13 };
const GLOBAL = ["window", "self", "navigator", "globalThis"];
const data = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("@mdn/browser-compat-data"), "utf8"));

/** Whether the oldest browsers have it, under its own name and without a setting; true where nothing is known. */
function isOld(feature) {
  const told = feature["__compat"];
  if (!told) return true;
  return Object.keys(OLDEST).every((browser) =>
    [told.support[browser] || []].flat().some(
      (one) =>
        typeof one.version_added === "string" && !one.flags && !one.prefix && !one.alternative_name && !one.version_removed &&
        parseFloat(one.version_added.replace("≤", "")) <= OLDEST[browser],
    ),
  );
}

const known = new Map(); // "Object", "Object.hasOwn" → is it old?
const methods = new Map(); // "at" → is it old in any class: of the language, where that has one, else of the web?
for (const classes of [data.api, data.javascript.builtins.Intl, data.javascript.builtins]) {
  const here = new Map();
  for (const [name, members] of Object.entries(classes)) {
    known.set(name, isOld(members));
    for (const [key, member] of Object.entries(members)) {
      if (key === "__compat" || key.endsWith("_event")) continue;
      const own = key.replace(/_static$/, "");
      known.set(`${name}.${own}`, isOld(member));
      here.set(own, here.get(own) || isOld(member));
    }
  }
  for (const [key, old] of here) methods.set(key, old);
}

function script(text) {
  const young = new Set(), own = new Set(), called = new Set(); // prettier-ignore
  full(parse(text, { ecmaVersion: 2022, sourceType: "script" }), (node) => {
    if (node.type === "Property" || node.type === "MethodDefinition") own.add(node.key.name);
    if (node.type === "AssignmentExpression" && node.left.type === "MemberExpression") own.add(node.left.property.name);
    if (node.type === "Identifier" && known.get(node.name) === false) young.add(node.name);
    if (node.type === "CallExpression" && node.callee.type === "MemberExpression") {
      if (!known.has(`${node.callee.object.name}.${nameOf(node.callee)}`)) called.add(nameOf(node.callee));
    }
    if (node.type !== "MemberExpression" || node.object.type !== "Identifier") return;
    const name = nameOf(node);
    const whole = GLOBAL.includes(node.object.name) ? name : `${node.object.name}.${name}`;
    if (known.get(whole) === false) young.add(whole);
  });
  for (const name of called) if (methods.get(name) === false && !own.has(name)) young.add(`.${name}()`);
  return young;
}

function nameOf(member) {
  return member.computed ? member.property.value : member.property.name;
}

/** Properties, their words, pseudo-classes, at-rules and functions; also a pseudo-class for which others are dropped with their rule. */
function sheet(whole) {
  const text = whole.replace(/\/\*[^]*?\*\//g, "").replace(/url\([^)]*\)|"[^"]*"/g, "");
  const young = new Set(), css = data.css; // prettier-ignore
  const ask = (feature, name) => feature && !isOld(feature) && young.add(name);
  for (const [, property, value] of text.matchAll(/[{;]\s*([a-z][a-z-]*)\s*:\s*([^;{}]*)(?=[;}])/g)) {
    const told = css.properties[property];
    ask(told, property);
    if (told && isOld(told)) for (const [word] of value.matchAll(/[a-z][a-z-]*/g)) ask(told[word], `${property}: ${word}`);
    for (const [, name] of value.matchAll(/([a-z-]+)\(/g)) ask(css.types[name], `${name}()`);
  }
  for (const [, selectors] of text.matchAll(/([^{};@]+)\{/g)) {
    for (const [pseudo, name] of selectors.matchAll(/::?([a-z-]+)/g)) {
      const others = selectors.split(",").some((selector) => !selector.includes(pseudo));
      ask(css.selectors[name], others ? `${pseudo} in a list` : pseudo);
    }
  }
  for (const [, name] of text.matchAll(/@([a-z-]+)/g)) ask(css["at-rules"][name], `@${name}`);
  return young;
}

const told = {};
for (const file of process.argv.slice(2)) {
  told[file] = [...(file.endsWith(".css") ? sheet : script)(readFileSync(file, "utf8"))].sort();
}
console.log(JSON.stringify(told));
