// What scripts and style sheets use that is younger than the oldest browsers: `node compat.mjs FILE…` prints {file: [name]}.
// It goes by MDN's browser-compat-data. The rule for methods, whose object nobody knows: a name is told when it is called and no
// old class has a method of that name; one that the file itself gives to something of its own is taken for that. So it is with
// options: `f({name})` is told when no old f takes that name.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parse } from "acorn";
import { full } from "acorn-walk";

const OLDEST = { chrome: 69, safari_ios: 13 };
const GLOBAL = ["window", "self", "globalThis"];
const SELECTED = ["querySelector", "querySelectorAll", "matches", "closest"]; // throw where they do not understand the selector
// Objects of the web that scripts know by name, and what they are.
const OBJECTS = {
  document: "Document", navigator: "Navigator", screen: "Screen", location: "Location", history: "History", crypto: "Crypto",
  performance: "Performance", localStorage: "Storage", sessionStorage: "Storage", caches: "CacheStorage", visualViewport: "VisualViewport",
}; // prettier-ignore
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
const options = new Map(); // "addEventListener signal" → is it old where anything of that name takes it?
for (const classes of [data.api, data.javascript.builtins.Intl, data.javascript.builtins]) {
  const here = new Map();
  for (const [name, members] of Object.entries(classes)) {
    known.set(name, isOld(members));
    for (const [key, member] of Object.entries(members)) {
      if (key === "__compat" || key.endsWith("_event")) continue;
      const own = key.replace(/_static$/, "");
      known.set(`${name}.${own}`, isOld(member));
      for (const [option, old] of optionsOf(member)) options.set(`${own} ${option}`, options.get(`${own} ${option}`) || old);
      here.set(own, here.get(own) || isOld(member));
    }
  }
  for (const [key, old] of here) methods.set(key, old);
}

/** What a function takes by name, with whether that is old. */
function optionsOf(member) {
  return Object.entries(member).flatMap(([key, part]) => {
    const [, name] = /^options_([A-Za-z]+)_parameter$/.exec(key) || [];
    return key === "__compat" || typeof part !== "object" ? [] : [...(name ? [[name, isOld(part)]] : []), ...optionsOf(part)];
  });
}

function script(text) {
  const young = new Set(), own = new Set(), called = new Set(); // prettier-ignore
  full(parse(text, { ecmaVersion: 2022, sourceType: "script" }), (node) => {
    if (node.type === "Property" || node.type === "MethodDefinition") own.add(node.key.name);
    if (node.type === "AssignmentExpression" && node.left.type === "MemberExpression") own.add(node.left.property.name);
    if (node.type === "Identifier" && known.get(node.name) === false) young.add(node.name);
    if (node.type === "CallExpression" || node.type === "NewExpression") {
      const name = node.callee.name || (node.callee.property && nameOf(node.callee));
      for (const taken of node.arguments.flatMap(({ type, properties }) => (type === "ObjectExpression" ? properties : []))) {
        if (taken.key && options.get(`${name} ${taken.key.name}`) === false) young.add(`${name}({${taken.key.name}})`);
      }
      if (SELECTED.includes(name)) {
        for (const each of node.arguments) selectors(textOf(each), (pseudo) => young.add(`${name}(${pseudo})`));
      }
      if (name === "RegExp" && !isOldPattern(node.arguments)) young.add("RegExp");
    }
    if (node.type === "VariableDeclarator" && node.id.type === "ObjectPattern" && node.init && node.init.type === "Identifier") {
      for (const { key } of node.id.properties) {
        const whole = `${node.init.name}.${key && key.name}`;
        if (known.get(whole) === false) young.add(whole);
      }
    }
    if (node.type === "CallExpression" && node.callee.type === "MemberExpression") {
      if (!known.has(`${node.callee.object.name}.${nameOf(node.callee)}`)) called.add(nameOf(node.callee));
    }
    if (node.type !== "MemberExpression" || node.object.type !== "Identifier") return;
    const name = nameOf(node);
    const { name: object } = node.object;
    const whole = GLOBAL.includes(object) ? name : `${OBJECTS[object] || object}.${name}`;
    if (known.get(whole) === false && !young.has(`.${name}()`)) young.add(whole);
  });
  for (const name of called) if (methods.get(name) === false && !own.has(name)) young.add(`.${name}()`);
  return young;
}

/** Of a pattern that stands in a string: a syntax error when it runs, which no parser of the script sees. ES2018, of which iOS 13
 * lacks look-behind. */
function isOldPattern([pattern, flags]) {
  if (!pattern || pattern.type !== "Literal" || (flags && flags.type !== "Literal")) return true;
  if (/\(\?<[=!]/.test(pattern.value)) return false;
  try {
    parse(`/${String(pattern.value).replace(/\//g, "\\/")}/${flags ? flags.value : ""}`, { ecmaVersion: 2018 });
    return true;
  } catch {
    return false;
  }
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
    if (told && /^\S+ [^!\s]\S*\s*(!|$)/.test(value.trim())) ask(told.multiple_keywords, `${property} of two words`);
    for (const [, name] of value.matchAll(/([a-z-]+)\(/g)) ask(css.types[name], `${name}()`);
  }
  for (const [, selected] of text.matchAll(/([^{};@]+)\{/g)) selectors(selected, (name) => young.add(name));
  for (const [, name, asked] of text.matchAll(/@([a-z-]+)([^{};]*)/g)) {
    ask(css["at-rules"][name], `@${name}`);
    if (/\bselector\(/.test(asked)) ask(css["at-rules"].supports.selector, "@supports selector()");
    if (name !== "media") continue;
    if (/[<>]/.test(asked)) ask(css["at-rules"].media.range_syntax, "@media with <");
    for (const [, feature] of asked.matchAll(/\(\s*([a-z-]+)/g)) ask(css["at-rules"].media[feature], `@media ${feature}`);
  }
  return young;
}

/** Tells the pseudo-classes of some selectors that are too young. */
function selectors(text, tell) {
  for (const [pseudo, name] of text.matchAll(/::?([a-z-]+)/g)) {
    const others = text.split(",").some((selector) => !selector.includes(pseudo));
    const feature = data.css.selectors[name];
    if (feature && !isOld(feature)) tell(others ? `${pseudo} in a list` : pseudo);
  }
  if (/:not\([^()]*(\([^()]*\)[^()]*)*,/.test(text) && !isOld(data.css.selectors.not.selector_list)) tell(":not of a list");
}

/** Of a string or a template, without what is put into that. */
function textOf(node) {
  if (node.type === "Literal") return String(node.value);
  return node.type === "TemplateLiteral" ? node.quasis.map(({ value }) => value.raw).join("") : "";
}

const told = {};
for (const file of process.argv.slice(2)) {
  told[file] = [...(file.endsWith(".css") ? sheet : script)(readFileSync(file, "utf8"))].sort();
}
console.log(JSON.stringify(told));
