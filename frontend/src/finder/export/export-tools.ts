// What one can take along from a list: its link, a table, map data, paper. All made here, nothing is sent.

import { make } from "../../core/dom";
import { say } from "../../core/words";
import type { Data } from "../../data/directory";
import { loadNeeds, type Need } from "../../data/needs";
import { asCsv, asGeoJson, fileName } from "./download";

const KEPT_MS = 60000; // until a slow browser has surely begun to save

export interface ExportSource {
  data: Data;
  /** From this page to the site's root. */
  root: string;
  /** All rows of the present result, in the order in which they are shown. */
  rows(): number[];
  /** Brings what is told of rows that have not come yet; null where all have. */
  bring(rows: readonly number[]): Promise<void> | null;
}

/** The buttons below a list. */
export function exportTools(source: ExportSource): HTMLElement {
  const tools = make("div", "taking");
  tools.setAttribute("role", "group");
  tools.setAttribute("aria-label", say("find.tools"));
  const said = make("p", "taking-said");
  said.setAttribute("role", "status");
  const box = make("div", "");
  const add = (text: string, act: () => void): void => {
    const button = make("button", "btn", text);
    button.type = "button";
    button.addEventListener("click", act);
    row.appendChild(button);
  };
  const row = make("div", "taking-row");
  add(say("find.copy"), () => copy(location.href, said, box));
  row.appendChild(make("span", "taking-name", say("find.download")));
  const whole = (act: () => void): void => {
    const wait = source.bring(source.rows());
    if (wait) wait.then(act, (why: unknown) => console.warn(String(why)));
    else act();
  };
  // Without the vocabulary a file has the words and lacks their ids.
  const saved = (ending: "csv" | "geojson") => () => whole(() => {
    const put = (needs: readonly Need[]): void => save(source, needs, ending, said, box);
    loadNeeds(source.root).then(put, () => put([]));
  });
  add(say("find.asTable"), saved("csv"));
  add(say("find.asMapData"), saved("geojson"));
  add(say("find.print"), () => whole(() => window.print()));
  for (const part of [row, said, box]) tools.appendChild(part);
  return tools;
}

/** Says so once the text can be pasted; else puts it down where a finger can take it. */
function copy(text: string, said: HTMLElement, box: HTMLElement): void {
  const done = (): void => {
    box.textContent = "";
    said.textContent = say("find.copied");
  };
  const byHand = (): void => {
    const field = putDown(text, box);
    if (document.execCommand("copy")) done();
    else said.textContent = say("find.copyByHand");
    field.blur();
  };
  said.textContent = "";
  if (navigator.clipboard && window.isSecureContext !== false) navigator.clipboard.writeText(text).then(done, byHand);
  else byHand();
}

function putDown(text: string, box: HTMLElement): HTMLTextAreaElement {
  const field = make("textarea", "taking-text");
  field.readOnly = true;
  field.rows = 6;
  field.value = text;
  field.setAttribute("aria-label", say("find.copyText"));
  box.textContent = "";
  box.appendChild(field);
  field.focus();
  field.setSelectionRange(0, text.length); // select() alone does nothing on iOS
  return field;
}

function save(source: ExportSource, needs: readonly Need[], ending: "csv" | "geojson", said: HTMLElement, box: HTMLElement): void {
  const rows = source.rows();
  const day = document.documentElement.dataset.built || "";
  const pageOf = (id: string): string => new URL(`${source.root}positions/${id}.html`, location.href.split(/[?#]/)[0]).href;
  const told = { data: source.data, needs, pageOf };
  const text = ending === "csv" ? asCsv(told, rows) : asGeoJson(told, rows, day);
  if (/MicroMessenger/i.test(navigator.userAgent)) {
    said.textContent = say("find.inWechat"); // its browser saves nothing
    const field = putDown(text, box);
    const button = make("button", "btn", say("find.copyText"));
    button.type = "button";
    button.addEventListener("click", () => copy(field.value, said, box));
    box.appendChild(button);
    return;
  }
  box.textContent = said.textContent = "";
  const type = ending === "csv" ? "text/csv;charset=utf-8" : "application/geo+json";
  const link = make("a", "");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = fileName(rows.length, day, ending);
  document.body.appendChild(link); // some browsers save only from links that are in the page
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
