// How the parts of a version of the site are named; the service worker and the pages agree on it here.

/** Versions (what stands behind `?v=`) or whole digests by path. */
export interface Named {
  [path: string]: string;
}

export interface Edition {
  /** Differs between any two versions of what pages share. */
  edition: string;
  /** SHA-256 in base64. */
  parts: Named;
}

/** What stands behind `?v=`: version_of in haitang/core/digests.py. */
export function versionOf(digest: string): string {
  return digest.slice(0, 16).replace(/\+/g, "-").replace(/\//g, "_");
}

/** SHA-256 in base64; only on https, and on this very machine. */
export function digestOf(content: ArrayBuffer): Promise<string> {
  return crypto.subtle.digest("SHA-256", content).then((digest) => btoa(String.fromCharCode(...new Uint8Array(digest))));
}

/** The index of the data: a script that puts down the digest of each data file by its name (haitang/site/page.py). */
export const FILES = "data/files.js";

/** Where a data file lies. */
export function dataPath(name: string): string {
  return `data/${name}.js`;
}

/** Whether a page was made with something else than is out; what is no longer out at all counts too. */
export function isOutdated(versions: Named, { parts }: Edition): boolean {
  return Object.keys(versions).some((path) => versionOf(parts[path] || "") !== versions[path]);
}
