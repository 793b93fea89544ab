// data/choices.js: what can be chosen, and how many places each choice leads to. Written by haitang/site/exports/shards/overview.py.
// What a block's places offer is told in these names, so that a block is understood once they are there.

import { numbers } from "./columns";

/** How many places have each value of a group: all, and those that are shown unasked. */
interface Counts {
  all: number[];
  shown: number[];
}

type Group = "service" | "facility" | "brand" | "town" | "tier";

export interface Choices {
  counts: { [group in Group]: Counts };
  services: string[];
  facilities: string[];
  brands: { id: string; name: string }[];
}

interface PackedCounts {
  all: string;
  shown: string;
}

interface PackedNames<Name> extends PackedCounts {
  names: Name[];
}

export interface PackedChoices {
  service: PackedNames<string>;
  facility: PackedNames<string>;
  brand: PackedNames<{ id: string; name: string }>;
  town: PackedCounts;
  tier: PackedCounts;
}

export function choicesOf({ service, facility, brand, town, tier }: PackedChoices): Choices {
  const counts = ({ all, shown }: PackedCounts): Counts => ({ all: numbers(all), shown: numbers(shown) });
  return {
    counts: { service: counts(service), facility: counts(facility), brand: counts(brand), town: counts(town), tier: counts(tier) },
    services: service.names, facilities: facility.names, brands: brand.names,
  };
}
