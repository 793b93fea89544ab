// Under which name a page is kept. Hosts ask for the same page in several ways: `positions/x.html`, `positions/x` where they take
// `.html` off addresses (some redirect there, some just answer), `positions/` for the index of a folder.

/** No id holds a dot; further pages of a list end with a number. */
const PAGE = /(?:\.html|\/|\/[^./]+(?:\.\d+)?)$/;

/** Whether a path may be a page's. */
export function isPage(pathname: string): boolean {
  return PAGE.test(pathname);
}

/** The one name of a page, whatever a messenger hangs onto its address and a host takes off it. */
export function nameOf(address: string): string {
  const path = address.split(/[?#]/)[0]!;
  return path.slice(-1) === "/" ? `${path}index.html` : /\.html$/.test(path) ? path : `${path}.html`;
}
