// Which version of the site this page is of, and which one is out. A page names each of its parts by what is in it: styles and
// scripts behind `?v=` in its HTML, data in `data-files`. Pages that load data only when asked take the names from
// data/edition.json then, all of them from one version (haitang/offline.py writes it). On file:// there is but one version.

import { readFiles, writeFiles, type Edition, type Named } from "./versions";

/** False in the bundles of halls: build.mjs. */
declare const MAY_ASK: boolean;

/** The event by which places.ts tells that data of this page's version can no longer be had. */
export const OUTDATED = "haitang:outdated";

/** Whether this is a page of the site, on a server. */
export function isServed(): boolean {
  return MAY_ASK && /^https?:$/.test(location.protocol) && document.documentElement.dataset.site !== undefined;
}

/** The version that is out; `kept`: without network a phone answers with the one it keeps. Null where nobody answers. */
export function askEdition(kept: boolean): Promise<Edition | null> {
  if (!MAY_ASK) return Promise.resolve(null);
  const address = `${document.documentElement.dataset.site || ""}data/edition.json${kept ? "" : "?fresh"}`;
  // eslint-disable-next-line no-restricted-globals -- on a server only: see isServed
  return fetch(address, { cache: "no-store" })
    .then((answer) => (answer.ok ? (answer.json() as Promise<Edition>) : null))
    .catch(() => null);
}

/** The data files of this page's version. Empty where there is but one version, or nobody says which. */
export function ownData(): Promise<Named> {
  const own = document.documentElement.dataset;
  if (!isServed()) return Promise.resolve({});
  if (own.files !== undefined) return Promise.resolve(readFiles(own.files));
  return askEdition(true).then((edition) => {
    // On the page, because every script has this module for itself: whichever asks first asks for all.
    if (edition && own.files === undefined) own.files = writeFiles(edition.parts);
    return readFiles(own.files || "");
  });
}
