// What the finder asks of the search, and nothing more.

import type { Data } from "../../data/directory";
import type { CardNotes } from "../../lists/place-card";

export interface Hit {
  row: number;
  /** What was found in: hits of one group stand together. */
  group: string;
  marks: NonNullable<CardNotes["marks"]>;
  /** What was found where it is not the name. */
  note: string;
}

export interface FoundChip {
  kind: "town" | "service" | "brand" | "tier" | "facility";
  /** As in the address: an id of a town, tier or brand, the name of anything else. */
  value: string;
  name: string;
  count: number;
}

export interface Answer {
  hits: Hit[];
  /** What else was found, or helps: made by the search for the page as it is; null where there is none. */
  aside: Aside | null;
  chips: FoundChip[];
  /** The nearest spelling that would find something. */
  nearest: string | null;
  /** False where there may be more hits than these. */
  complete?: boolean;
}

/** What stands around the list of hits. */
export interface Aside {
  /** Above it: what one may need. */
  needs: HTMLElement | null;
  /** Below it: activities, which come a little later, ways on, hotlines where all hits are gone. */
  after: HTMLElement;
  /** In its place, where nothing was found: what was understood, the nearest need, whom to ask. */
  none: HTMLElement;
}

export type Engine = (query: string) => Answer;

/** Where the search itself cannot be loaded: what was typed, as it stands in a name, an address or a telephone number. */
export function plainEngine({ places, facts }: Data): Engine {
  const texts = places.name.map((name, row) => `${name}\n${facts.community[row]!}\n${facts.address[row]!}\n${facts.phone[row]!}`);
  return (query) => {
    const hits: Hit[] = [];
    texts.forEach((text, row) => {
      if (text.indexOf(query) < 0) return;
      const start = places.name[row]!.indexOf(query);
      hits.push({ row, group: "", note: "", marks: start < 0 ? [] : [[start, start + query.length]] });
    });
    return { hits, aside: null, chips: [], nearest: null };
  };
}
