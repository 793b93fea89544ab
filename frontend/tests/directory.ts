// A small made-up directory for tests of pure code, and words enough to name its parts.

import type { Data } from "../src/data/directory";

const TIERS = { centre: 0, station: 1, point: 2, other: 3, unknown: 4 };
const STATUSES = ["planned", "upgrading", "open", "paused", "closed", "merged"];

export interface Place {
  name: string;
  tier?: keyof typeof TIERS;
  town?: number;
  status?: string;
  services?: string[];
  facilities?: string[];
  brands?: string[];
  hours?: string;
  verified?: string;
  phone?: string;
  address?: string;
  at?: [lon: number, lat: number] | null;
  precise?: boolean;
}

export function directory(places: Place[]): Data {
  const names = (pick: (place: Place) => string[] | undefined): [string[], number[][]] => {
    const all = Array.from(new Set(([] as string[]).concat(...places.map((place) => pick(place) || []))));
    return [all, places.map((place) => (pick(place) || []).map((name) => all.indexOf(name)))];
  };
  const [serviceNames, services] = names((place) => place.services);
  const [facilityNames, facilities] = names((place) => place.facilities);
  const [brandIds, brands] = names((place) => place.brands);
  const [hoursData, hours] = names((place) => (place.hours ? [place.hours] : []));
  const point = (place: Place): [number | null, number | null] => (place.at === null ? [null, null] : place.at || [120.95, 31.38]);
  return {
    places: {
      id: places.map((_, row) => `p${row}`),
      name: places.map((place) => place.name),
      tier: places.map((place) => TIERS[place.tier || "station"]),
      town: places.map((place) => place.town || 0),
      towns: [
        { id: "jia", name: "甲镇", area: "shi", lon: 120.95, lat: 31.38 },
        { id: "yi", name: "乙镇", area: "shi", lon: 120.87, lat: 31.46 },
        { id: "shi", name: "样例市", area: "shi", lon: null, lat: null },
      ],
    },
    points: {
      lon: places.map((place) => point(place)[0]),
      lat: places.map((place) => point(place)[1]),
      precise: places.map((place) => Number(place.precise !== false && place.at !== null)),
    },
    facts: {
      status: places.map((place) => STATUSES.indexOf(place.status || "open")),
      community: places.map(() => ""),
      address: places.map((place) => place.address || ""),
      phone: places.map((place) => place.phone || ""),
      aliases: places.map(() => []),
      line: places.map(() => ""),
      hours: hours.map((own) => (own.length ? own[0]! : -1)),
      hoursText: hoursData,
      hoursData,
      services, serviceNames, facilities, facilityNames, brands,
      brandNames: brandIds.map((id) => ({ id, name: `品牌${id}` })),
      verified: places.map((place) => place.verified || ""),
    },
  } as Data;
}

/** Words as assets/words.js would put them down. */
export function putWords(find: { [key: string]: string | string[] }): void {
  const words = {
    map: { tiers: ["中心", "站", "点", "其他", "层级待核实"] },
    find: { statuses: ["筹建中", "提升改造中", "已启用", "暂停开放", "已关闭", "已并入别处"], townUnknown: "区镇待核实", ...find },
  };
  (global as unknown as { window: unknown }).window = { HAITANG: { words } };
}
