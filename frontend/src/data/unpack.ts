// The data files as they travel and as they are used: directory.ts holds what comes out.

import { below, calls, days, lists, numbers, patterned, sets, texts, toldBy } from "./columns";
import { statusesOf, type Data, type Facts, type Places, type Points, type Town } from "./directory";

interface PackedPlaces {
  id: string;
  name: string;
  tier: string;
  town: string;
  towns: Town[];
}

type PackedPoints = Omit<Points, "verified"> & { verified: { from: string; digits: string } };
type Whole = "hoursText" | "hoursData" | "serviceNames" | "facilityNames" | "brandNames";
type PackedFacts = Pick<Facts, Whole> & { [Key in Exclude<keyof Facts, Whole | "stated" | "aliases" | "address" | "phone">]: string } & {
  address: { patterns: string; row: string; figures: string };
  phone: { start: string; digits: string; others: string };
  aliases: { count: string; all: string };
};

/** Throws where columns do not fit each other: a half-copied file must not make a page lie. `places` for all but itself. */
export function unpack<Name extends keyof Data>(name: Name, packed: object, places: Places | null): Data[Name] {
  const data = name === "places" ? placesOf(packed as PackedPlaces)
    : name === "facts" ? factsOf(packed as PackedFacts, places!.name)
    : pointsOf(packed as PackedPoints);
  const rows = places ? places.id.length : (data as Places).id.length;
  const whole = ["towns", "hoursText", "hoursData", "serviceNames", "facilityNames", "brandNames"];
  for (const [key, column] of Object.entries(data)) {
    if (!Array.isArray(column)) throw new Error(`${key} is no column`);
    if (whole.indexOf(key) < 0 && column.length !== rows) throw new Error("columns differ in length");
  }
  return data as Data[Name];
}

function placesOf(packed: PackedPlaces): Places {
  const tier = numbers(packed.tier);
  const rows = tier.length;
  const town = numbers(packed.town);
  const heads = town.map((index) => packed.towns[index]!.id);
  return { id: below(heads, packed.id), name: texts(packed.name, rows), tier, town, towns: packed.towns };
}

function pointsOf({ verified, ...points }: PackedPoints): Points {
  return { ...points, verified: days(verified, points.lon.length) };
}

function factsOf(packed: PackedFacts, names: readonly string[]): Facts {
  const rows = names.length;
  return {
    ...statusesOf(numbers(packed.status)),
    community: toldBy(names, packed.community),
    address: patterned(names, packed.address),
    phone: calls(packed.phone, rows),
    aliases: lists(names, packed.aliases),
    line: toldBy(names, packed.line),
    hours: numbers(packed.hours),
    hoursText: packed.hoursText,
    hoursData: packed.hoursData,
    services: sets(packed.services, rows),
    serviceNames: packed.serviceNames,
    facilities: sets(packed.facilities, rows),
    facilityNames: packed.facilityNames,
    brands: sets(packed.brands, rows),
    brandNames: packed.brandNames,
  };
}
