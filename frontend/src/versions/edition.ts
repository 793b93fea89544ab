// Which version of the site this page is of, and which one is out. A page names each of its parts by what is in it: styles and
// scripts behind `?v=` in its HTML, and itself in `data-version` (haitang/site/theme.py); home, search and map also the index of
// the data in `data-files`. On file:// there is but one version.

import { digestOf, FILES, isOutdated, versionOf, type Edition, type Named } from "./digests";
import { languageFolder, topOfSite } from "./languages";

/** False in the bundles of halls: build.mjs. */
declare const MAY_ASK: boolean;

/** The event by which data of this page's version are told to be gone. */
export const OUTDATED = "haitang:outdated";

/** Whether this is a page of the site, on a server. In a frame with `sandbox` it is a stranger to its own site, whose files it can run
 *  but not look into, and so takes them as they come. */
export function isServed(): boolean {
  return MAY_ASK && /^https?:$/.test(location.protocol) && self.origin !== "null" && document.documentElement.dataset.site !== undefined;
}

/** The version that is out; `kept`: the one whose data a phone keeps, if it does. Null where nobody answers. */
export function askEdition(kept: boolean): Promise<Edition | null> {
  if (!MAY_ASK) return Promise.resolve(null);
  const address = `${topOfSite()}data/edition.json${kept ? "" : "?fresh"}`;
  // eslint-disable-next-line no-restricted-globals -- on a server only: see isServed
  return fetch(address, { cache: "no-store" })
    .then((answer) => (answer.ok ? (answer.json() as Promise<Edition>) : null))
    .catch(() => null);
}

/** What a reload would bring: this very page, another one (or that there is none any more), or nobody can tell. */
export type There = "same" | "other" | "unknown";

export function askPage(): Promise<There> {
  if (!MAY_ASK) return Promise.resolve("unknown");
  // Not through the browser's own cache: Chromium would hold up a visitor who goes to this address meanwhile.
  // eslint-disable-next-line no-restricted-globals -- on a server only: see isServed
  return fetch(location.href.split("#")[0]!, { cache: "no-store" })
    .then((answer) => {
      if (answer.status === 404 || answer.status === 410) return "other";
      if (!answer.ok) return "unknown";
      return answer.text().then((html): There => {
        const [, version] = /<html[^>]* data-version=["']?([\w-]+)/.exec(html) || []; // missing: a hotel's page, not ours
        return !version ? "unknown" : version === document.documentElement.dataset.version ? "same" : "other";
      });
    })
    .catch((): There => "unknown");
}

/** Whether what comes under an address has this digest; null where nothing comes. "reload": what the browser keeps under it is
 * not asked any more, and replaced. */
export function holds(address: string, digest: string, cache: "force-cache" | "reload"): Promise<boolean | null> {
  if (!MAY_ASK) return Promise.resolve(null);
  if (!isSecureContext) {
    // eslint-disable-next-line no-restricted-globals -- on a server only: see isServed
    return fetch(address, { cache, integrity: `sha256-${digest}` }).then(({ ok }) => ok, () => false); // browsers tell no more
  }
  // eslint-disable-next-line no-restricted-globals -- on a server only: see isServed
  return fetch(address, { cache })
    .then((answer) => (answer.ok ? answer.arrayBuffer().then(digestOf).then((found) => found === digest) : null))
    .catch(() => null);
}

export interface Part {
  path: string;
  /** What stands behind `?v=`. */
  version: string;
  address: string;
}

/** The styles, scripts and icons of this page. What somebody on the way has put into it is none of ours. */
export function ownParts(): Part[] {
  const root = new URL(topOfSite() || "./", location.href).href;
  const found = document.querySelectorAll<HTMLLinkElement | HTMLScriptElement>("link[href*='?v='], script[src*='?v=']");
  const parts: Part[] = [];
  Array.from(found).forEach((element) => {
    const address = "href" in element ? element.href : element.src;
    const [, path, version] = (address.indexOf(root) === 0 && /^(assets\/[\w.-]+)\?v=([\w-]{16})$/.exec(address.slice(root.length))) || [];
    if (path && version) parts.push({ path, version, address });
  });
  return parts;
}

/** Whether something on the way rewrites scripts: then none of this page's is what it is called. */
export function areRewritten(out: Edition): Promise<boolean> {
  const scripts = ownParts().filter(({ path, version }) => /\.js$/.test(path) && versionOf(out.parts[path] || "") === version);
  return Promise.all(scripts.map(({ path, address }) => holds(address, out.parts[path]!, "reload")))
    .then((all) => all.indexOf(false) >= 0 && all.indexOf(true) < 0);
}

/** Whether this page asks for anything else than what is out. */
export function asksForOther(out: Edition): boolean {
  const versions: Named = {};
  ownParts().forEach(({ path, version }) => (versions[path] = version));
  const { files } = document.documentElement.dataset;
  if (files) versions[languageFolder() + FILES] = versionOf(files);
  return isOutdated(versions, out);
}
