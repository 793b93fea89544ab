// A place as a card of a list: the same elements and classes as templates/parts/card.html, which makes them at build time.

import { tel } from "../core/dialled";
import { line as drawn, make } from "../core/dom";
import { say, sayList } from "../core/words";
import { isGone, STATUSES, tellsHours, type Facts, type Places, type Points, type Town } from "../data/directory";
import { minutesOnFoot } from "../data/geo";
import { routeOnFoot } from "../data/navigation";
import { lookOf, tierName, tiers, UNKNOWN } from "../data/tiers";

/** What cards are made from. */
export interface CardContext {
  /** From this page to the site's root: `""`, `"../"`. */
  root: string;
  places: Places;
  facts: Facts;
  /** Where cards offer the way there and the telephone. */
  points?: Points;
  /** Brings what is told of rows that have not come yet; null where all have. */
  bring?: (rows: readonly number[]) => Promise<void> | null;
}

/** What a list knows of a card besides. */
export interface CardNotes {
  /** Metres from where the visitor is. */
  metres?: number | null;
  /** Parts of the name that a search found, as [start, end] in characters. */
  marks?: readonly (readonly [start: number, end: number])[];
  /** What a search found where it is not the name. */
  note?: string;
  /** The names of other places at its address. */
  same?: readonly string[];
  /** Shows the place on the map beside the list. */
  reveal?: () => void;
  /** What the page says of all of its places, which no card repeats: `town:…`, `tier:…`, `brand:…`. */
  without?: readonly string[];
}

const HOURS_LENGTH = 18; // as in card.html, with two to spare before anything is cut
const FAR = 60; // minutes nobody walks
const SAME_SHOWN = 2; // names of others at the same address
const PIN = "M12 21s-6.5-5.4-6.5-11a6.5 6.5 0 0 1 13 0c0 5.6-6.5 11-6.5 11zM12 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z";

export function placeCard(row: number, context: CardContext, notes: CardNotes = {}): HTMLLIElement {
  const { places, facts, root } = context;
  const tier = places.tier[row]!;
  const card = make("li", showsHours(facts, row) ? "card has-hours" : "card");
  card.dataset.id = places.id[row]!;
  const body = make("div", "");
  const link = make("a", "");
  link.href = `${root}positions/${places.id[row]!}.html`;
  markedName(link, places.name[row]!, notes.marks || []);
  body.appendChild(make("h3", "")).appendChild(link);
  const line = placeLine(facts, row);
  if (line && places.name[row]!.indexOf(line) < 0) body.appendChild(make("p", "", line));
  const tagged = tags(row, tier, context, notes);
  // What the card says anyway needs no second line.
  if (notes.note && `${line}${tagged.textContent}`.indexOf(notes.note) < 0) {
    body.appendChild(make("p", "card-note", say("find.note", { text: notes.note })));
  }
  if (tagged.firstChild) body.appendChild(tagged);
  if (notes.same && notes.same.length) body.appendChild(make("p", "card-same", sameText(notes.same)));
  const acts = placeActs(row, context);
  if (acts.firstChild) body.appendChild(acts);
  card.appendChild(tierMark(lookOf(tier)));
  card.appendChild(body);
  if (notes.reveal) card.appendChild(onMap(places.name[row]!, notes.reveal));
  return card;
}

/** As everywhere on a page: the flower of a tier, which the style sheet draws. */
export function tierMark(look: string): HTMLElement {
  return make("i", `mark mark-${look}`);
}

/** Where it is, in one line; else what the build found to tell it from others. */
export function placeLine(facts: Facts, row: number): string {
  return facts.line[row] || [facts.community[row], facts.address[row]].filter(Boolean).join(" · ");
}

/** An area's own entry among the towns holds the places whose town is not known. */
export function townName(town: Town): string {
  return town.id === town.area ? say("find.townUnknown") : town.name;
}

/** `约 650 米 · 步行约 9 分钟（直线估计）`, for what stands alone. */
export function distanceText(metres: number): string {
  const minutes = minutesOnFoot(metres);
  return minutes > FAR ? say("find.far", { distance: roughly(metres) }) : say("find.near", { distance: roughly(metres), minutes });
}

/** Rounded as roughly as a straight line allows. */
export function roughly(metres: number): string {
  const near = metres < 995;
  const far = near ? "" : (metres / 1000).toFixed(metres < 9950 ? 1 : 0);
  return near ? say("find.metres", { n: Math.max(10, Math.round(metres / 10) * 10) }) : say("find.kilometres", { n: far });
}

function tags(row: number, tier: number, context: CardContext, notes: CardNotes): HTMLElement {
  const { places, facts } = context;
  const all = make("p", "tags");
  const town = places.towns[places.town[row]!]!;
  const isSaid = (group: string, id: string): boolean => (notes.without || []).indexOf(`${group}:${id}`) >= 0;
  const add = (className: string, text: string): HTMLElement => {
    all.appendChild(document.createTextNode(" ")); // between words for a screen reader, and where a line may break
    return all.appendChild(make("span", className ? `tag ${className}` : "tag", text));
  };
  const status = STATUSES[facts.status[row]!]!;
  if (typeof notes.metres === "number") addDistance(notes.metres, add);
  const [id, look] = [tiers().id[tier]!, lookOf(tier)];
  if (id !== UNKNOWN && !isSaid("tier", id)) add(`t-${look}`, tierName(tier));
  if (status !== "open") add(`s-${status}`, sayList("find.statuses")[facts.status[row]!]!);
  addHours(row, facts, add);
  if (!isSaid("town", town.id)) add("place", townName(town));
  for (const brand of facts.brands[row]!.map((at) => facts.brandNames[at]!)) if (!isSaid("brand", brand.id)) add("", brand.name);
  return all;
}

/** In a list whose head says that all is measured along straight lines. */
export function addDistance(metres: number, add: (className: string, text: string) => HTMLElement): void {
  const minutes = minutesOnFoot(metres);
  add("distance", minutes > FAR ? roughly(metres) : say("results.onFoot", { distance: roughly(metres), minutes }));
}

function showsHours(facts: Facts, row: number): boolean {
  return facts.hours[row]! >= 0 && tellsHours(facts.status[row]!);
}

/** Whether a card of this place could tell hours and nobody knows them: a list says so once, for all of its cards. */
export function lacksHours(facts: Facts, row: number): boolean {
  return facts.hours[row]! < 0 && tellsHours(facts.status[row]!);
}

/** As it was built; opening-state.ts tells the state from `data-hours` once the card is in the page. */
export function addHours(row: number, facts: Facts, add: (className: string, text: string) => HTMLElement): void {
  if (!showsHours(facts, row)) return;
  const at = facts.hours[row]!;
  if (isAlways(facts.hoursData[at]!)) add("state is-open", say("find.always"));
  else add("state", shortHours(facts.hoursText[at]!)).dataset.hours = facts.hoursData[at]!;
}

/** Round the clock on every day; where there is more to it (seasons, holidays), opening-state.ts tells the state. */
function isAlways(hours: string): boolean {
  return /^(?:o[a-z]*!)?0-1440(?:\|=){6}$/.test(hours);
}

function shortHours(text: string): string {
  return text.length <= HOURS_LENGTH + 2 ? text : `${text.slice(0, HOURS_LENGTH - 1)}…`;
}

/** The name with what was searched for marked in it. */
export function markedName(into: HTMLElement, name: string, marks: readonly (readonly [number, number])[]): void {
  let done = 0;
  for (const [start, end] of marks) {
    if (start < done || end <= start) continue; // overlapping ranges would repeat parts of the name
    if (start > done) into.appendChild(document.createTextNode(name.slice(done, start)));
    into.appendChild(make("mark", "", name.slice(start, end)));
    done = end;
  }
  if (done < name.length) into.appendChild(document.createTextNode(name.slice(done)));
}

/** The way there on foot, where the very spot is known, and the telephone. What is closed for good offers neither. */
export function placeActs(row: number, { places, facts, points }: CardContext): HTMLElement {
  const acts = make("p", "card-acts");
  if (!points || isGone(facts.status[row]!)) return acts;
  const name = places.name[row]!;
  const add = (className: string, href: string, text: string): HTMLAnchorElement => {
    const link = acts.appendChild(make("a", className, text));
    link.appendChild(make("span", "unseen", say("find.revealName", { name }))); // out of its card the word says nothing
    link.href = href;
    return link;
  };
  if (points.precise[row]) {
    const link = add("card-act is-main", routeOnFoot({ lon: points.lon[row]!, lat: points.lat[row]! }, name), say("actions.go"));
    link.rel = "noopener noreferrer";
  }
  if (facts.phone[row]) add("card-act", tel(facts.phone[row]), say("actions.call"));
  return acts;
}

function sameText(names: readonly string[]): string {
  const shown = names.slice(0, SAME_SHOWN).join(say("map.separator"));
  return names.length > SAME_SHOWN ? say("results.sameMore", { names: shown, count: names.length }) : say("results.same", { names: shown });
}

function onMap(name: string, reveal: () => void): HTMLElement {
  const button = make("button", "card-pin");
  button.type = "button";
  button.title = say("find.reveal");
  button.appendChild(make("span", "unseen", say("find.reveal") + say("find.revealName", { name })));
  button.appendChild(drawn(PIN));
  button.addEventListener("click", reveal);
  return button;
}
