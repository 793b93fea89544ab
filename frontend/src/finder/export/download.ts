// The places that are shown, as a table and as map data: pure texts, made in the browser and sent nowhere.

import { say, sayList } from "../../core/words";
import { STATUSES, type Data } from "../../data/directory";
import { tierName } from "../../data/tiers";
import { townName } from "../../lists/place-card";

const BOM = "\ufeff"; // without it spreadsheet programs take UTF-8 for something else

/** One value of a table. */
type Cell = string | number | null;

/** The columns of both files, in order; `find.columns` of the words has their names. */
function values(data: Data, row: number, pageOf: (id: string) => string): Cell[] {
  const { places, facts, points } = data;
  const hours = facts.hours[row]!;
  const precise = points.precise[row]!;
  return [
    places.name[row]!,
    tierName(places.tier[row]!),
    townName(places.towns[places.town[row]!]!),
    facts.community[row]!,
    facts.address[row]!,
    hours < 0 ? "" : facts.hoursText[hours]!,
    facts.phone[row]!,
    ...namesOf(data, row).map((names) => names.join(say("map.separator"))),
    sayList("find.statuses")[facts.status[row]!]!,
    points.verified[row]!,
    // A place known only to its town has no point of its own, and a file must not claim one.
    precise ? points.lon[row]! : null,
    precise ? points.lat[row]! : null,
    pageOf(places.id[row]!),
  ];
}

/** Services, facilities and brands of a row. */
function namesOf({ facts }: Data, row: number): [services: string[], facilities: string[], brands: string[]] {
  return [
    facts.services[row]!.map((index) => facts.serviceNames[index]!),
    facts.facilities[row]!.map((index) => facts.facilityNames[index]!),
    facts.brands[row]!.map((index) => facts.brandNames[index]!.name),
  ];
}

/** CSV as RFC 4180 wants it, with a BOM. */
export function asCsv(data: Data, rows: readonly number[], pageOf: (id: string) => string): string {
  const lines = [sayList("find.columns") as Cell[], ...rows.map((row) => values(data, row, pageOf))];
  return BOM + lines.map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}

/** Spreadsheet programs run what begins like a formula: such a text gets an apostrophe before it, as they do themselves. A
 *  telephone number from abroad (+86 …) is no formula, but would lose its plus sign, so it gets one as well. */
export function cell(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[\s\u0000-\u001f]*[=+\-@＝＋－＠|%]|^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** GeoJSON (RFC 7946): WGS-84, longitude first; `null` for a geometry that nobody knows. */
export function asGeoJson(data: Data, rows: readonly number[], pageOf: (id: string) => string): string {
  const { places, points, facts } = data;
  const features = rows.map((row) => {
    const [name, tier, town, community, address, hours, phone] = values(data, row, pageOf);
    const [services, facilities, brands] = namesOf(data, row);
    return {
      type: "Feature",
      id: places.id[row]!,
      geometry: points.precise[row] ? { type: "Point", coordinates: [points.lon[row]!, points.lat[row]!] } : null,
      properties: {
        name, tier, town, community, address, hours, phone,
        services, facilities, brands,
        status: STATUSES[facts.status[row]!]!, verified: points.verified[row]!, page: pageOf(places.id[row]!),
      },
    };
  });
  return `${JSON.stringify({ type: "FeatureCollection", features }, null, 1)}\n`;
}

/** `书房-12处-2026-11-23.csv`; without characters that file systems refuse. */
export function fileName(count: number, day: string, ending: string): string {
  return `${say("find.file", { count, day })}.${ending}`.replace(/[\\/:*?"<>|\s]/g, "");
}
