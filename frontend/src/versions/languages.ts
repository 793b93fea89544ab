// A further language of the site has a folder of its own, with its pages and its data (haitang/site/languages); what is the same
// in all of them lies above it: `data-top` on such a page leads there.

/** The way to what all languages share. */
export function topOfSite(): string {
  const { site = "", top } = document.documentElement.dataset;
  return top === undefined ? site : top;
}

/** The folder of this page's language, such as `en/`; empty for the first one. */
export function languageFolder(): string {
  return document.documentElement.dataset.top === undefined ? "" : `${document.documentElement.lang}/`;
}

/** From the root of this language to a data file's: what is shared is told beside the index of the data. */
export function rootOf(root: string, name: string): string {
  return isShared(name) ? `${root}../` : root;
}

/** The path of a data file below what all languages share. */
export function pathInSite(path: string, name: string): string {
  return isShared(name) ? path : languageFolder() + path;
}

function isShared(name: string): boolean {
  const shared = window.HAITANG && (window.HAITANG["shared"] as unknown as string[] | undefined);
  return !!shared && shared.indexOf(name) >= 0;
}
