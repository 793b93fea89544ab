// The search over the small world of tests/search_world.py.

import { Search } from "../src/search/engine/search";
import type { PackedReadings } from "../src/search/engine/pinyin";
import { unpack } from "../src/data/unpack";
import world from "./fixtures/search-world.json";

export const places = unpack("places", world.places, null);
export const facts = unpack("facts", world.facts, places);
export const packedReadings: PackedReadings = world.readings;
export const search = new Search(places, facts, packedReadings);
