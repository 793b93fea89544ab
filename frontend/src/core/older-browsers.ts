// What Chromium 69 and iOS 13 lack of the language and packages use nevertheless. build.mjs puts these functions in the place of
// the built-in ones, in the bundles that need them and nowhere else; tests/site/test_bundles.py finds what else would be needed.

/** Object.hasOwn (ES2022). */
export function objectHasOwn(object: object, key: PropertyKey): boolean {
  return Object.prototype.hasOwnProperty.call(object, key);
}

/** Promise.allSettled (ES2020). */
export function promiseAllSettled<Value>(promises: Iterable<Value | PromiseLike<Value>>): Promise<PromiseSettledResult<Value>[]> {
  const settled = Array.from(promises, (promise) =>
    Promise.resolve(promise).then(
      (value): PromiseSettledResult<Value> => ({ status: "fulfilled", value }),
      (reason: unknown): PromiseSettledResult<Value> => ({ status: "rejected", reason }),
    ),
  );
  return Promise.all(settled);
}
