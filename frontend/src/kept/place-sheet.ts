// A place as its page would tell it, made of the data alone.

import { tel } from "../core/dialled";
import { make } from "../core/dom";
import { fill, say, sayList } from "../core/words";
import { isGone, STATUSES } from "../data/directory";
import { routeOnFoot, spotOnPhone } from "../data/navigation";
import { lookOf, tierName } from "../data/tiers";
import { addHours, townName } from "../lists/place-card";
import { refresh } from "../schedule/opening-state";
import type { KeptPlace } from "./kept-place";
import type { Said } from "./said";

export function placeSheet(place: KeptPlace, root: string, said: Said): HTMLElement {
  const { row, facts } = place;
  const sheet = make("div", "kept-place");
  sheet.appendChild(tags(place));
  if (!isGone(facts.status[row]!)) sheet.appendChild(ways(place, said));
  sheet.appendChild(table(place, root, said));
  sheet.appendChild(make("p", "fine", origin(place, said)));
  refresh(sheet);
  return sheet;
}

function tags({ row, places, facts }: KeptPlace): HTMLElement {
  const all = make("p", "tags");
  const add = (className: string, text: string): HTMLElement => {
    if (all.firstChild) all.appendChild(document.createTextNode(" "));
    return all.appendChild(make("span", `tag ${className}`, text));
  };
  const status = STATUSES[facts.status[row]!]!;
  if (status !== "open") add(`s-${status}`, sayList("find.statuses")[facts.status[row]!]!);
  addHours(row, facts, add);
  add(`t-${lookOf(places.tier[row]!)}`, tierName(places.tier[row]!));
  return all;
}

/** The telephone and the way there, where they are known. */
function ways({ row, places, points, facts }: KeptPlace, said: Said): HTMLElement {
  const acts = make("p", "apps");
  const add = (className: string, href: string, text: string): void => {
    acts.appendChild(make("a", className, text)).href = href;
  };
  if (points.precise[row]) {
    const spot = { lon: points.lon[row]!, lat: points.lat[row]! };
    add("btn btn-main", routeOnFoot(spot, places.name[row]!), say("actions.go"));
    if (matchMedia("(hover: none)").matches) add("btn", spotOnPhone(spot), said.mapOfPhone);
  }
  if (facts.phone[row]) add("btn", tel(facts.phone[row]), say("actions.call"));
  return acts;
}

function table({ row, places, facts }: KeptPlace, root: string, said: Said): HTMLElement {
  const told = make("dl", "facts");
  const line = (label: string, value: string | Node): void => {
    if (!value) return;
    const one = told.appendChild(make("div", ""));
    one.appendChild(make("dt", "", label));
    one.appendChild(make("dd", "")).appendChild(typeof value === "string" ? document.createTextNode(value) : value);
  };
  const link = (href: string, text: string): Node => {
    const made = make("a", "", text);
    made.href = href;
    return made;
  };
  const names = (rows: readonly number[], all: readonly string[]): string => rows.map((at) => all[at]!).join(say("map.separator"));
  const town = places.towns[places.town[row]!]!;
  line(said.address, facts.address[row] || facts.community[row] || say("find.unknown"));
  line(said.hours, facts.hours[row]! < 0 ? say("find.unknown") : facts.hoursText[facts.hours[row]!]!);
  line(said.phone, facts.phone[row] ? link(tel(facts.phone[row]), facts.phone[row]) : say("find.unknown"));
  line(say("find.service"), names(facts.services[row]!, facts.serviceNames));
  line(say("find.facility"), names(facts.facilities[row]!, facts.facilityNames));
  line(say("find.brand"), names(facts.brands[row]!, facts.brandNames.map(({ name }) => name)));
  line(say("find.town"), link(`${root}search.html?town=${town.id}`, townName(town)));
  return told;
}

/** Whose word this is: the phone's, of that day. */
function origin({ row, points }: KeptPlace, said: Said): string {
  const day = document.documentElement.dataset.built || "";
  const verified = points.verified[row] ? fill(said.verified, { day: points.verified[row] }) : "";
  return (day ? fill(said.fromPhone, { day }) : said.fromPhoneUndated) + verified;
}
