// A place as somebody pastes it from a map's page: two numbers, in whatever order and dress. Pure.

export interface Pair {
  lon: string;
  lat: string;
}

export type Crs = "wgs84" | "gcj02" | "bd09";

const WIDE = /[\uff10-\uff19\uff0e\uff0c\uff0d\uff1a]/g;
const NUMBER = /-?\d{1,3}\.\d{1,17}/g;

/** The two numbers of a text, digits kept as they were; undefined where it does not hold just two, or they are no place. China's
 * longitudes are all above its latitudes, so that the order is never a guess. */
export function readCoordinates(text: string): Pair | undefined {
  const plain = text.replace(WIDE, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replace(/。/g, ".");
  const numbers = plain.match(NUMBER) ?? [];
  if (numbers.length !== 2) return undefined;
  const [one, other] = numbers as [string, string];
  const [lon, lat] = Number(one) > Number(other) ? [one, other] : [other, one];
  return Number(lon) >= 73 && Number(lon) <= 136 && Number(lat) >= 3 && Number(lat) <= 54 ? { lon, lat } : undefined;
}

/** The map's own name, where a link or a text of it says so. */
export function appOf(text: string): Crs | undefined {
  if (/amap|高德|qq\.com|腾讯/i.test(text)) return "gcj02";
  if (/baidu|百度/i.test(text)) return "bd09";
  if (/tianditu|天地图/i.test(text)) return "wgs84";
  return undefined;
}
