// data/needs.js: what one may need, with the words people have for it. Written by haitang/site/exports/browser_needs.py.

import { ofData } from "../core/of-data";
import { numbers, texts } from "./columns";
import { scriptIfAny } from "./loader";

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

export interface Hotline {
  name: string;
  phone: string;
  /** What it is for; may be empty. */
  text: string;
}

/** A way on that words like 附近 ask for: what it is called, and the words. */
export interface Way {
  name: string;
  words: string[];
}

export const WAYS = ["near", "open", "today"] as const;

/** How people ask: what they may need, what they say besides, and who helps where no place does. */
export interface Vocabulary {
  needs: Need[];
  /** Words that say nothing of what is wanted. */
  spoken: string[];
  ways: { [way in (typeof WAYS)[number]]: Way };
  hotlines: Hotline[];
}

/** Where nobody says how people ask. */
export const NO_VOCABULARY: Vocabulary = {
  needs: [], spoken: [], ways: { near: { name: "", words: [] }, open: { name: "", words: [] }, today: { name: "", words: [] } }, hotlines: [],
};

export interface PackedNeeds {
  kind: string;
  id: string;
  name: string;
  also: string;
  icon: string;
  group: string;
}

export interface PackedVocabulary extends PackedNeeds {
  spoken: string[];
  /** The name of each, then its words. */
  ways: { [way in (typeof WAYS)[number]]: string[] };
  /** Name, number and text of each. */
  hotlines: string[][];
}

const loadedOf = ofData((): { all?: Promise<Vocabulary> | undefined } => ({}));

/** How people ask, loaded once. Rejects where the file is missing or cut short. */
export function loadVocabulary(root: string): Promise<Vocabulary> {
  const loaded = loadedOf();
  if (!loaded.all) {
    loaded.all = scriptIfAny(root, "needs").then(() => {
      const packed = window.HAITANG!["needs"] as unknown as PackedVocabulary | undefined;
      return packed ? vocabularyOf(packed) : NO_VOCABULARY;
    });
    loaded.all.catch(() => (loaded.all = undefined)); // a phone that was in a tunnel may ask again
  }
  return loaded.all;
}

/** All needs in the order of directory.yml. */
export function loadNeeds(root: string): Promise<Need[]> {
  return loadVocabulary(root).then(({ needs }) => needs);
}

/** Throws where columns do not fit each other. */
export function vocabularyOf(packed: PackedVocabulary): Vocabulary {
  const way = ([name, ...words]: string[]): Way => ({ name: name!, words });
  const { near, open, today } = packed.ways;
  return {
    needs: needsOf(packed), spoken: packed.spoken, ways: { near: way(near), open: way(open), today: way(today) },
    hotlines: packed.hotlines.map(([name, phone, text]) => ({ name: name!, phone: phone!, text: text || "" })),
  };
}

/** Throws where columns do not fit each other. */
export function needsOf(packed: PackedNeeds): Need[] {
  const kinds = numbers(packed.kind);
  const column = (name: "id" | "name" | "also" | "icon" | "group"): string[] => texts(packed[name], kinds.length);
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
