// What happened to this screen, in words: from the launcher's log, which knows releases, moments and short words of errors.

import { fill } from "../../core/words";
import type { Entry, Happened } from "../../launcher/staff-news";
import { momentText } from "./moments";
import type { Said } from "./said";

const ERRORS: readonly Happened[] = ["refused", "silent", "failed", "errors", "error", "trouble"];

export function eventText({ what, id, n }: Entry, said: Said): string {
  const name = what === "error" ? errorText(id, said) : id;
  return fill(said.happened[what], { id: name }) + (n > 1 ? fill(said.times, { n }) : "");
}

function errorText(code: string, { errors }: Said): string {
  return code === "script" || code === "blank" || code === "data" ? errors[code] : errors.other;
}

/** The last thing that went wrong, with its moment. */
export function lastError(log: readonly Entry[], said: Said): string {
  const last = log.filter(({ what }) => ERRORS.indexOf(what) >= 0).pop();
  return last ? `${momentText(last.at)} ${eventText(last, said)}` : said.noError;
}
