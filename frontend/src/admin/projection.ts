// The drawing of the towns to point at: how degrees lie on it. Pure.

export interface Town {
  name: string;
  lon: number;
  lat: number;
}

export type Bounds = [west: number, south: number, east: number, north: number];

export interface Projection {
  width: number;
  height: number;
  /** Degrees → units of the drawing. */
  place(lon: number, lat: number): [x: number, y: number];
  /** Units of the drawing → degrees, to a metre. */
  spot(x: number, y: number): [lon: number, lat: number];
}

const WIDTH = 440;
const MARGIN = 40;
const LEAST = 0.05; // degrees: a single town still gets a sheet of some kilometres

/** A sheet that holds all bounds and towns; undefined where there is nothing to draw. */
export function fitProjection(towns: readonly Town[], bounds: readonly Bounds[]): Projection | undefined {
  const lons = [...towns.map((town) => town.lon), ...bounds.map((box) => box[0]), ...bounds.map((box) => box[2])];
  const lats = [...towns.map((town) => town.lat), ...bounds.map((box) => box[1]), ...bounds.map((box) => box[3])];
  if (!lons.length) return undefined;
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (WIDTH - 2 * MARGIN) / (Math.max(east - west, LEAST) * shrink);
  const height = Math.max(north - south, LEAST) * scale + 2 * MARGIN;
  return {
    width: WIDTH,
    height: Math.round(height),
    place: (lon, lat) => [MARGIN + (lon - west) * shrink * scale, MARGIN + (north - lat) * scale],
    spot: (x, y) => [west + (x - MARGIN) / shrink / scale, north - (y - MARGIN) / scale],
  };
}

export function isInside(lon: number, lat: number, bounds: readonly Bounds[]): boolean {
  return !bounds.length || bounds.some(([west, south, east, north]) => lon >= west && lon <= east && lat >= south && lat <= north);
}
