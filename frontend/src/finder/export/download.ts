// The places that are shown, as a table and as map data: pure texts, made in the browser and sent nowhere. Names and values are
// those of the release (data/v1: haitang/site/exports/release/v1.py), of which this is the part that the browser knows.

import { say, sayList } from "../../core/words";
import { STATUSES, type Data } from "../../data/directory";
import type { Need } from "../../data/needs";
import { tierName, tiers, UNKNOWN } from "../../data/tiers";

const BOM = "\ufeff"; // without it spreadsheet programs take UTF-8 for something else
const HEAD = { version: "v1", datum: "WGS84" };

/** On which terms the places may be used; `url` is empty where none tells them. */
interface Terms {
  name: string;
  url: string;
}

type Value = string | number | string[];
type Properties = { [name: string]: Value };

/** The columns of a table, in the order of the release's. */
export const COLUMNS = [
  "id", "name", "tier", "tier_name", "town", "town_name", "area", "community", "address", "lon", "lat", "status", "status_name", "hours",
  "phone", "services", "service_names", "facilities", "facility_names", "brands", "brand_names", "verified", "page",
] as const;

/** What is known of places, for programs: pages lie at `pageOf` an id, and `needs` have the ids of words. */
export interface Source {
  data: Data;
  needs: readonly Need[];
  pageOf: (id: string) => string;
}

/** What is known of a place; nothing is empty. */
export function properties({ data, needs, pageOf }: Source, row: number): Properties {
  const { places, facts, points } = data;
  const id = places.id[row]!;
  const town = places.towns[places.town[row]!]!;
  const tier = tiers().id[places.tier[row]!]!;
  const hours = facts.hours[row]!;
  const services = inOrder(needs, "service", facts.services[row]!.map((index) => facts.serviceNames[index]!));
  const facilities = inOrder(needs, "facility", facts.facilities[row]!.map((index) => facts.facilityNames[index]!));
  const brands = facts.brands[row]!.map((index) => facts.brandNames[index]!);
  const known = tier !== UNKNOWN;
  const isTown = town.id !== town.area;
  // A place known only to its town has no point of its own, and a file must not claim one.
  const at = points.precise[row] ? { lon: points.lon[row]!, lat: points.lat[row]! } : {};
  const status = facts.stated[row] ? { status: STATUSES[facts.status[row]!]!, status_name: sayList("find.statuses")[facts.status[row]!]! } : {};
  const told: Properties = {
    id, name: places.name[row]!,
    ...(known ? { tier, tier_name: tierName(places.tier[row]!) } : {}),
    ...(isTown ? { town: town.id, town_name: town.name } : {}),
    area: town.area, community: facts.community[row]!, address: facts.address[row]!, ...at, ...status,
    hours: hours < 0 ? "" : facts.hoursText[hours]!, phone: facts.phone[row]!,
    services: services.ids, service_names: services.names, facilities: facilities.ids, facility_names: facilities.names,
    brands: brands.map((brand) => brand.id), brand_names: brands.map((brand) => brand.name),
    verified: points.verified[row]!, page: pageOf(id),
  };
  const said: Properties = {};
  for (const name of Object.keys(told)) if (typeof told[name] === "number" || (told[name] as string).length) said[name] = told[name]!;
  return said;
}

/** Words in the order of the vocabulary, and their ids; without a vocabulary the words alone. */
function inOrder(needs: readonly Need[], kind: Need["kind"], words: string[]): { ids: string[]; names: string[] } {
  const own = needs.filter((need) => need.kind === kind && words.indexOf(need.name) >= 0);
  return own.length === words.length ? { ids: own.map((need) => need.id), names: own.map((need) => need.name) } : { ids: [], names: words };
}

/** CSV as RFC 4180 wants it, with a BOM. */
export function asCsv(source: Source, rows: readonly number[]): string {
  const lines = rows.map((row) => properties(source, row)).map((told) => COLUMNS.map((name) => cell(told[name])).join(","));
  return BOM + [COLUMNS.join(","), ...lines].map((line) => `${line}\r\n`).join("");
}

/** A value as it stands in a cell: lists with `;` between their items, in which a backslash stands before `;` and itself.
 *  Spreadsheet programs run what begins like a formula: such a text gets an apostrophe before it, as they do themselves, and so
 *  does one that begins with apostrophes before that. A telephone number from abroad (+86 …) is no formula, but would lose its
 *  plus sign. */
export function cell(value: Value | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = typeof value === "string" ? value : value.map((item) => item.replace(/[\\;]/g, "\\$&")).join(";");
  const safe = /^'*(?:[\s\u0000-\u001f]*[=+\-@＝＋－＠|%]|[\t\r\n])/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** GeoJSON (RFC 7946): WGS 84, longitude first; `null` for a geometry that nobody knows. `day` is that of the data. */
export function asGeoJson(source: Source, rows: readonly number[], day: string): string {
  const features = rows.map((row) => {
    const told = properties(source, row);
    const geometry = told.lon === undefined ? null : { type: "Point", coordinates: [told.lon, told.lat] };
    return { type: "Feature", id: told.id, geometry, properties: told };
  });
  const terms = window.HAITANG && (window.HAITANG["terms"] as Terms | undefined);
  const licence = terms ? { licence: terms.name, ...(terms.url ? { licence_url: terms.url } : {}) } : {};
  const head = { type: "FeatureCollection", ...HEAD, ...licence, ...(day ? { date: day } : {}) };
  return `${JSON.stringify({ ...head, features }, null, 1)}\n`;
}

/** `书房-12处-2026-11-23.csv`; without characters that file systems refuse. */
export function fileName(count: number, day: string, ending: string): string {
  return `${say("find.file", { count, day })}.${ending}`.replace(/[\\/:*?"<>|\s]/g, "");
}
