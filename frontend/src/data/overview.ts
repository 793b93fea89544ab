// data/overview.js: which blocks there are, and how many of what stand where. Written by
// haitang/site/exports/shards/overview.py.

import { numbers, texts } from "./columns";
import type { Town } from "./directory";
import { tiers as allTiers } from "./tiers";

/** The places of a town in one square of the web Mercator map. */
export interface Block {
  /** Of its file: data/<name>.js. */
  name: string;
  version: string;
  /** Index into `towns`. */
  town: number;
  /** Its first row, and how many there are. */
  start: number;
  rows: number;
  /** They are gone, and shown only to who asks for them. */
  isPast: boolean;
  /** How many levels its square is from the whole world. */
  depth: number;
  /** How many of each tier, and how many are known only to their town. */
  tiers: number[];
  rough: number;
  /** West, south, east, north of its square in WGS-84 degrees; null where nobody knows where its places are. */
  box: [west: number, south: number, east: number, north: number] | null;
  /** The middle of its places. */
  lon: number;
  lat: number;
}

export interface Overview {
  towns: Town[];
  /** Of each town's places; null where nobody knows of any where it is. */
  boxes: ([west: number, south: number, east: number, north: number] | null)[];
  blocks: Block[];
  rows: number;
}

export interface PackedOverview {
  towns: Town[];
  boxes: Overview["boxes"];
  town: string;
  square: string;
  tiers: string;
  rough: string;
  centre: string;
  version: string;
}

const VERSION = 6; // characters, as in haitang/site/exports/shards/blocks.py
const PARTS = 1296;

/** Throws where columns do not fit each other. */
export function overviewOf(packed: PackedOverview): Overview {
  const blocks = blocksOf(packed);
  const last = blocks[blocks.length - 1];
  return { towns: packed.towns, boxes: packed.boxes, blocks, rows: last ? last.start + last.rows : 0 };
}

function blocksOf(packed: PackedOverview): Block[] {
  const [town, width] = [numbers(packed.town), allTiers().id.length];
  const [tiers, rough, squares] = [numbers(packed.tiers), numbers(packed.rough), texts(packed.square, town.length)];
  if (tiers.length !== town.length * width || rough.length !== town.length || packed.version.length !== town.length * VERSION) {
    throw new Error("columns differ in length");
  }
  let start = 0;
  return squares.map((square, at) => {
    const own = tiers.slice(at * width, (at + 1) * width);
    const rows = own.reduce((sum, count) => sum + count, 0);
    const block: Block = {
      name: `places/${packed.towns[town[at]!]!.id}/${square || "w"}`, version: packed.version.substr(at * VERSION, VERSION),
      town: town[at]!, start, rows, isPast: square.charAt(0) === "g", tiers: own, rough: rough[at]!, ...placed(square.replace("g", ""), packed.centre.substr(at * 4, 4)),
    };
    start += rows;
    return block;
  });
}

/** Where a square lies, and the middle of what is in it; `centre` is two digits to the base of 36 from its west and two from its north. */
function placed(square: string, centre: string): Pick<Block, "depth" | "box" | "lon" | "lat"> {
  if (square.charAt(0) === "n") return { depth: 0, box: null, lon: NaN, lat: NaN };
  const digits = square.split("-")[0]!;
  let [x, y] = [0, 0];
  for (const digit of digits) {
    x = 2 * x + (Number(digit) & 1);
    y = 2 * y + (Number(digit) >> 1);
  }
  const cells = 2 ** digits.length;
  const [east, south] = [parseInt(centre.slice(0, 2), 36), parseInt(centre.slice(2), 36)].map((part) => (part + 0.5) / PARTS) as [number, number];
  return {
    depth: digits.length, box: [lonOf(x / cells), latOf((y + 1) / cells), lonOf((x + 1) / cells), latOf(y / cells)],
    lon: lonOf((x + east) / cells), lat: latOf((y + south) / cells),
  };
}

/** Degrees of a place on the web Mercator map, whose sides are 1. */
function lonOf(x: number): number {
  return x * 360 - 180;
}

function latOf(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}
