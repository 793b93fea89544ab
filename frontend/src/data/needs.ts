// data/needs.js: what one may need, with the words people have for it. Written by haitang/site/exports/browser_needs.py.

import { numbers, texts } from "./columns";
import { script } from "./loader";

/** The order of KINDS in haitang/site/exports/browser_needs.py. */
export const NEED_KINDS = ["service", "facility", "site_kind", "activity_kind"] as const;

export interface Need {
  kind: (typeof NEED_KINDS)[number];
  /** Names its page, see `needPage`. */
  id: string;
  name: string;
  /** Everyday words for it. */
  also: string[];
  /** Of templates/styles/icons.css, `icon-<icon>`; `any` where it has none of its own. */
  icon: string;
  /** Its heading; empty where it has none. */
  group: string;
}

export interface PackedNeeds {
  kind: string;
  id: string;
  name: string;
  also: string;
  icon: string;
  group: string;
}

let loaded: Promise<Need[]> | undefined;

/** All needs in the order of directory.yml, loaded once. Rejects where the file is missing or cut short. */
export function loadNeeds(root: string): Promise<Need[]> {
  if (!loaded) {
    loaded = script(root, "needs").then(() => needsOf(window.HAITANG!["needs"] as unknown as PackedNeeds));
    loaded.catch(() => (loaded = undefined)); // a phone that was in a tunnel may ask again
  }
  return loaded;
}

/** Throws where columns do not fit each other. */
export function needsOf(packed: PackedNeeds): Need[] {
  const kinds = numbers(packed.kind);
  const column = (name: keyof PackedNeeds): string[] => texts(packed[name], kinds.length);
  const [id, name, also, icon, group] = [column("id"), column("name"), column("also"), column("icon"), column("group")];
  return kinds.map((kind, row) => {
    const known = NEED_KINDS[kind];
    if (!known) throw new Error(`no kind of need: ${kind}`);
    return { kind: known, id: id[row]!, name: name[row]!, also: also[row] ? also[row].split("\t") : [], icon: icon[row]!, group: group[row]! };
  });
}

/** The address of its page below the site's root. */
export function needPage(need: Pick<Need, "kind" | "id">): string {
  return need.kind === "activity_kind" ? `activities/kind-${need.id}.html` : `needs/${need.id}.html`;
}
