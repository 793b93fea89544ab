// One of many small data files: a classic script that puts down its data under its own name, the version first. Which version is
// out stands in another file; what does not fit it comes from a server or a cache that has not caught up, or the site was switched.

import { OUTDATED } from "../versions/edition";
import { put } from "./loader";

const asked = new Map<string, Promise<object>>();

/** Loads data/<name>.js once. Rejects where it is missing or of another version. */
export function shard<Packed extends object>(root: string, name: string, version: string): Promise<Packed> {
  let wait = asked.get(name);
  if (!wait) {
    const address = `${root}data/${name}.js?s=${version}`;
    const there = (): boolean => !!(window.HAITANG && window.HAITANG[name]); // a hall has it in its page
    const take = (): Packed => {
      const all = window.HAITANG || {};
      const found = all[name] as (Packed & { v: string }) | undefined;
      delete all[name]; // it is kept unpacked
      if (!found || found.v !== version) throw new Error(`data/${name}.js: another version`);
      return found;
    };
    wait = (there() ? Promise.resolve() : put(address)).then(take).catch(() => put(`${address}&t=${Date.now()}`).then(take));
    wait.catch((why: Error) => {
      asked.delete(name); // a phone that was in a tunnel may ask again
      if (/another version/.test(why.message)) document.dispatchEvent(new CustomEvent(OUTDATED));
    });
    asked.set(name, wait);
  }
  return wait as Promise<Packed>;
}
