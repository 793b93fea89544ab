// What another site writes into its page: HTML, as text. Pure.

export interface Chosen {
  /** Behind the address of the embedded page; empty, or begins with `?`. */
  search: string;
  /** What was chosen, as people call it. */
  names: readonly string[];
  /** The town of the list, which is never all of them. */
  town: string;
  townName: string;
  /** Pixels; of anything else as wide as there is room. */
  width: string;
  height: number;
  /** The frame takes the height of what is in it. */
  adapts: boolean;
}

export interface Site {
  /** Of the embedded page, and of the script for other sites; absolute. */
  address: string;
  script: string;
}

/** The map. */
export function mapLine({ search, names, width, height, adapts }: Chosen, { address, script, title }: Site & { title: string }): string {
  const wide = /^\d{1,4}$/.test(width) ? width : "100%";
  const called = [title, ...names].join(" · ");
  const frame = `<iframe src="${escaped(address + search)}" title="${escaped(called)}" width="${wide}" height="${height}" loading="lazy"></iframe>`;
  return adapts ? `${frame}\n${scriptLine(script)}` : frame;
}

/** The places of one town as a list; without a script, and where the data do not come, it is the link in it. */
export function listLine({ town, townName }: Chosen, { address, script }: Site): string {
  const page = `${address.replace(/[^/]*$/, "")}towns/${town}.html`;
  return `<div data-haitang-town="${escaped(town)}"><a href="${escaped(page)}">${escaped(townName)}</a></div>\n${scriptLine(script)}`;
}

function scriptLine(script: string): string {
  return `<script src="${escaped(script)}" async></script>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
