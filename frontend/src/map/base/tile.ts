// A tile of the base: what is drawn alike, as columns of points. Written by haitang/site/exports/shards/browser_layers.py.

import { numbers, texts } from "../../data/columns";

export interface PackedTile {
  west: number;
  south: number;
  /** Degrees of a step. */
  step: number;
  layers: { kind: number; form: number; rank: number; count: string; steps: string; names?: string }[];
}

/** Lines, rings or spots that are drawn alike. */
export interface Group {
  /** Of KINDS and FORMS; `rank` tells main roads (0, 1) from lanes. */
  kind: number;
  form: number;
  rank: number;
  pieces: Piece[];
}

export interface Piece {
  name: string;
  /** Points of the web Mercator map, of which the whole world is one square: x, y, x, y, … */
  points: Float64Array;
  west: number;
  north: number;
  east: number;
  south: number;
}

export interface Spot {
  lon: number;
  lat: number;
}

/** In the order they are drawn. */
export const [GREEN, WATER, ROADS, RAILS, STATIONS, LANDMARKS] = [0, 1, 2, 3, 4, 5] as const;
export const [AREA, LINE, SPOT] = [0, 1, 2] as const;

export function worldX(lon: number): number {
  return (lon + 180) / 360;
}

export function worldY(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** data/map_names.js: how a further language says what is written on the base. */
export interface PackedNames {
  name: string;
  said: string;
}

export function namesOf(packed: PackedNames | undefined): Map<string, string> {
  if (!packed) return new Map<string, string>();
  const own = packed.said.split("\n");
  return new Map(packed.name.split("\n").map((name, at) => [name, own[at]!] as [string, string]));
}

/** `there` is where the ground beneath has a spot; `said` what its names are called here, where that is not as they are written.
 * Throws where a column is cut short. */
export function unpackTile({ west, south, step, layers }: PackedTile, there: (spot: Spot) => Spot, said = new Map<string, string>()): Group[] {
  return layers.map(({ kind, form, rank, count, steps, names }) => {
    const counts = numbers(count);
    const moves = numbers(steps);
    const called = names === undefined ? [] : texts(names, counts.length).map((name) => said.get(name) || name);
    if (counts.reduce((sum, each) => sum + 2 * each, 0) !== moves.length) throw new Error("columns differ in length");
    let [at, x, y] = [0, 0, 0];
    const pieces = counts.map((size, index): Piece => {
      const piece: Piece = { name: called[index] || "", points: new Float64Array(2 * size), west: 1, north: 1, east: 0, south: 0 };
      for (let point = 0; point < size; point++) {
        x += signed(moves[at++]!);
        y += signed(moves[at++]!);
        const { lon, lat } = there({ lon: west + x * step, lat: south + y * step });
        put(piece, point, worldX(lon), worldY(lat));
      }
      return piece;
    });
    return { kind, form, rank, pieces };
  });
}

function put(piece: Piece, point: number, x: number, y: number): void {
  piece.points[2 * point] = x;
  piece.points[2 * point + 1] = y;
  piece.west = Math.min(piece.west, x);
  piece.east = Math.max(piece.east, x);
  piece.north = Math.min(piece.north, y);
  piece.south = Math.max(piece.south, y);
}

function signed(number: number): number {
  return number % 2 ? -(number + 1) / 2 : number / 2;
}
