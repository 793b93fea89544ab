// The data files where they are, read once a build. Not through Eleventy's own data: what stands there is wrapped anew for
// each page, which made 2,000 positions more than its memory holds.
import {readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {CORE_SCHEMA, load} from "js-yaml";

const root = process.env.BENCH_DATA;
const read = (...path) => load(readFileSync(join(root, ...path), "utf8"), {schema: CORE_SCHEMA});
const folder = (...path) => readdirSync(join(root, ...path)).sort();
const entries = (...path) => Object.fromEntries(folder(...path).map((file) => [file.slice(0, -".yml".length), read(...path, file)]));

export const directory = read("directory.yml");
export const brands = entries("brands");
export const positions = Object.fromEntries(folder("positions").map((town) => [town, entries("positions", town)]));
export const all = Object.values(positions).flatMap((town) => Object.values(town));

function grouped(keys) {
  const groups = {};
  for (const position of all) for (const key of keys(position)) (groups[key] ??= []).push(position);
  return groups;
}

// Who belongs to whom, and the words of tiers, towns and services.
export const byId = Object.fromEntries(all.map((position) => [position.id, position]));
export const children = grouped((position) => (position.parent ? [position.parent] : []));
export const inTier = grouped((position) => [position.tier]);
export const ofBrand = grouped((position) => position.brands ?? []);
export const towns = Object.fromEntries(directory.areas.flatMap((area) => area.towns).map((town) => [town.id, town]));
export const tiers = Object.fromEntries(directory.tiers.map((tier) => [tier.id, tier]));
export const groups = Object.fromEntries(directory.vocabularies.services.map((service) => [service.name, service.group]));
