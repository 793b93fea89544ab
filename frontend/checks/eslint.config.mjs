// What tsc does not see: forgotten promises, ways for data to become code, and things that browsers of 2018 do not have.

import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

// esbuild lowers syntax to ES2015; what is missing at run time in Chromium 69 or iOS 13 it cannot bring.
const LATER_METHODS = [
  "findLast", "findLastIndex", "flat", "flatMap", "matchAll", "replaceAll", "replaceChildren", "toReversed", "toSorted",
  "toSpliced", "trimEnd", "trimStart",
]; // prettier-ignore
const LATER_STATICS = [
  ["Object", "fromEntries"], ["Object", "groupBy"], ["Object", "hasOwn"], ["Promise", "allSettled"], ["Promise", "any"],
  ["Promise", "withResolvers"], ["Array", "fromAsync"], ["Intl", "ListFormat"], ["Intl", "RelativeTimeFormat"],
  ["Intl", "Segmenter"], ["AbortSignal", "timeout"], ["crypto", "randomUUID"],
]; // prettier-ignore
const LATER_GLOBALS = [
  "AggregateError", "BigInt", "FinalizationRegistry", "OffscreenCanvas", "WeakRef", "globalThis", "queueMicrotask",
  "reportError", "requestIdleCallback", "structuredClone",
]; // prettier-ignore
const NOT_FROM_FILES = ["EventSource", "SharedWorker", "WebSocket", "Worker", "XMLHttpRequest", "fetch", "importScripts"];
const MARKUP = ["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe", "createContextualFragment", "srcdoc"];

const refused = (name) => ({ name, message: "It does not work from file://: load a classic script." });
const later = (name) => ({ name, message: "Chromium 69 or iOS 13 does not have it." });

export default defineConfig(
  { files: ["src/**/*.ts"], extends: [tseslint.configs.strictTypeChecked] },
  { files: ["tests/**/*.ts"], extends: [tseslint.configs.strict] },
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-eval": "error",
      "no-new-func": "error",
      "no-alert": "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-restricted-properties": [
        "error",
        ...LATER_METHODS.map((property) => ({ property, message: "Chromium 69 or iOS 13 does not have it." })),
        ...LATER_STATICS.map(([object, property]) => ({ object, property, message: "Chromium 69 or iOS 13 does not have it." })),
        ...MARKUP.map((property) => ({ property, message: "Data reaches the page as text only: see dom.ts." })),
        ...["write", "writeln"].map((property) => ({ object: "document", property, message: "See dom.ts." })),
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "Literal[regex.flags=/[svd]/]", message: "This flag of a pattern is not ES2015." },
        { selector: "Literal[regex.pattern=/\\(\\?(<[=!a-zA-Z])/]", message: "Look-behind and named groups are not ES2015." },
        { selector: "Literal[regex.pattern=/\\\\p\\{/]", message: "Chromium 69 knows \\p, but iOS 13's is another: list what is meant." },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", caughtErrors: "none" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // What tsc's library promises, an old browser may lack; what is deprecated today, it may need.
      "@typescript-eslint/no-unnecessary-condition": "off",
      "@typescript-eslint/no-unnecessary-boolean-literal-compare": "off",
      "@typescript-eslint/no-deprecated": "off",
      "@typescript-eslint/no-non-null-assertion": "off", // noUncheckedIndexedAccess asks for them
      "@typescript-eslint/no-confusing-void-expression": "off", // `return show()` says all there is to say
      "@typescript-eslint/no-meaningless-void-operator": "off", // `void element.offsetWidth` lays the page out
      "@typescript-eslint/use-unknown-in-catch-callback-variable": "off", // our promises are refused with Errors
      "@typescript-eslint/no-dynamic-delete": "off",
    },
  },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/worker/**", "src/entries/worker/**"], // service workers are younger than all of these, and may fetch
    rules: { "no-restricted-globals": ["error", ...LATER_GLOBALS.map(later), ...NOT_FROM_FILES.map(refused)] },
  },
  {
    files: ["tests/rooms.test.ts"], // it reads files, and no browser ever runs it
    rules: { "no-restricted-properties": "off", "no-restricted-syntax": "off" },
  },
);
