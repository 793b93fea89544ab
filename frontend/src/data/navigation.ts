// The way to a place in a map app, as haitang/site/views/map_links.py writes it for the pages of places: on foot.

import { wgs84ToGcj02, type Spot } from "./geo";

/** The route on foot to a spot in WGS-84. Amap's, which counts in GCJ-02; where the directory lies abroad, OpenStreetMap's. */
export function routeOnFoot(spot: Spot, name: string): string {
  if (window.HAITANG && window.HAITANG["dial"]) {
    return `https://www.openstreetmap.org/directions?engine=fossgis_osrm_foot&route=%3B${spot.lat.toFixed(6)}%2C${spot.lon.toFixed(6)}`;
  }
  const { lon, lat } = wgs84ToGcj02(spot);
  const to = `${lon.toFixed(6)},${lat.toFixed(6)},${encodeURIComponent(name)}`;
  return `https://uri.amap.com/navigation?to=${to}&mode=walk&callnative=1`;
}

/** What the phone itself calls a map, which may have this place's without a network. */
export function spotOnPhone({ lon, lat }: Spot): string {
  return `geo:${lat.toFixed(6)},${lon.toFixed(6)}`;
}
