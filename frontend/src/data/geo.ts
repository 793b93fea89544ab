// Where things are: pure, and the same numbers as haitang/geo/coordinates.py. A pair of degrees is WGS-84 where nothing else is said.

export interface Spot {
  lon: number;
  lat: number;
}

const EARTH_RADIUS_M = 6371008.8; // mean radius, IUGG
const KRASOVSKY_A = 6378245.0; // semi-major axis used by the GCJ-02 formula
const KRASOVSKY_EE = 0.00669342162296594323; // its squared eccentricity
const METRES_A_MINUTE = 75; // on foot, at an elderly person's even pace
const { PI, abs, asin, cos, max, min, sin, sqrt } = Math;

/** Great-circle metres between two points (haversine). */
export function metresBetween(a: Spot, b: Spot): number {
  const [latA, latB] = [radians(a.lat), radians(b.lat)];
  const h = sin((latB - latA) / 2) ** 2 + cos(latA) * cos(latB) * sin(radians(b.lon - a.lon) / 2) ** 2;
  return 2 * EARTH_RADIUS_M * asin(min(1, sqrt(h)));
}

/** Along a straight line, rounded up: roads are longer, never shorter. */
export function minutesOnFoot(metres: number): number {
  return max(1, Math.ceil(metres / METRES_A_MINUTE));
}

export function wgs84ToGcj02(spot: Spot): Spot {
  return isInChina(spot) ? shifted(spot) : spot;
}

/** Fixed-point inversion: the shift is smooth and far below a degree, so a few rounds reach double precision. */
export function gcj02ToWgs84(spot: Spot): Spot {
  if (!isInChina(spot)) return spot;
  let guess = spot;
  for (let round = 0; round < 8; round++) {
    const there = shifted(guess);
    guess = { lon: guess.lon + spot.lon - there.lon, lat: guess.lat + spot.lat - there.lat };
  }
  return guess;
}

/** Where GCJ-02 differs from WGS-84. */
function isInChina({ lon, lat }: Spot): boolean {
  return lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;
}

function shifted({ lon, lat }: Spot): Spot {
  const [x, y] = [lon - 105, lat - 35];
  const waves = 20 * sin(6 * x * PI) + 20 * sin(2 * x * PI);
  let dLat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x));
  dLat += ((waves + 20 * sin(y * PI) + 40 * sin((y / 3) * PI)) * 2) / 3;
  dLat += ((160 * sin((y / 12) * PI) + 320 * sin((y * PI) / 30)) * 2) / 3;
  let dLon = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x));
  dLon += ((waves + 20 * sin(x * PI) + 40 * sin((x / 3) * PI)) * 2) / 3;
  dLon += ((150 * sin((x / 12) * PI) + 300 * sin((x / 30) * PI)) * 2) / 3;
  const phi = radians(lat);
  const magic = 1 - KRASOVSKY_EE * sin(phi) ** 2;
  return {
    lon: lon + (dLon * 180) / ((KRASOVSKY_A / sqrt(magic)) * cos(phi) * PI),
    lat: lat + (dLat * 180) / (((KRASOVSKY_A * (1 - KRASOVSKY_EE)) / (magic * sqrt(magic))) * PI),
  };
}

function radians(degrees: number): number {
  return (degrees * PI) / 180;
}
