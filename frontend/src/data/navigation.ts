// The way to a place in a map app, as haitang/site/views/position.py writes it for the pages of places: on foot.

import { wgs84ToGcj02, type Spot } from "./geo";

const SOURCE = "haitanghonghua";

/** Amap's route on foot to a spot in WGS-84. It counts in GCJ-02. */
export function routeOnFoot(spot: Spot, name: string): string {
  const { lon, lat } = wgs84ToGcj02(spot);
  const to = `${lon.toFixed(6)},${lat.toFixed(6)},${encodeURIComponent(name)}`;
  return `https://uri.amap.com/navigation?to=${to}&mode=walk&src=${SOURCE}&callnative=1`;
}

/** What the phone itself calls a map, which may have this place's without a network. */
export function spotOnPhone({ lon, lat }: Spot): string {
  return `geo:${lat.toFixed(6)},${lon.toFixed(6)}`;
}
