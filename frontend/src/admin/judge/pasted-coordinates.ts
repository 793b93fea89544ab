// A place as somebody pastes it: two numbers in either order and any dress, degrees with minutes and seconds, a link of a map. Pure.
// haitang/model/written/points.py reads the same; frontend/tests/fixtures/pasted-points.json holds both to it.

export interface Pair {
  lon: string;
  lat: string;
}

export type Crs = "wgs84" | "gcj02" | "bd09";

const NAMES: [Crs, RegExp][] = [
  ["gcj02", /gcj[- ]?0?2|火星|国测局|高德|amap|腾讯|苹果地图|apple ?maps?/gi],
  ["bd09", /bd[- ]?0?9(?:ll)?|百度|baidu/gi],
  ["wgs84", /wgs[- ]?(?:19)?84|(?:手机|卫星|北斗)定位|北斗|gps|gnss|天地图|cgcs[- ]?2000|国家2000|2000国家大地/gi],
];
const BESIDE =
  /地图|坐标系?|经纬度|位置|定位|点位|导航|拾取器?|选点|系统|手机|app|coord(?:inate)?s?|point|location|[\s:=,;、。/|&_()<>{}[\]【】「」'"-]/gi;
const HEAD = "(东经|经度|longitude|long|lng|lon|[东e]|北纬|纬度|latitude|lat|[北n])\"?\\s*[:=]?\\s*";
const BODY =
  "(\\d{1,3}(?:\\.\\d{1,17})?)(?![\\d.])(?:\\s*(°)(?:\\s*(\\d{1,2}(?:\\.\\d{1,9})?)\\s*'(?!')(?:\\s*(\\d{1,2}(?:\\.\\d{1,9})?)\\s*(?:\"|''))?)?)?";
const END = "(?![\\d.°'])";
// What names the axis stands before the number or behind it, and of letters in a row each belongs to one: N31.3E121, 31.3N121E.
const ANGLE = new RegExp(`${HEAD}${BODY}${END}|${BODY}(?:\\s*(东经|北纬|[en](?![a-z]))|${END})`, "gi");
const EAST = /^(?:东经|经度|longitude|long|lng|lon|东|e)$/i;

const SHAPES: [RegExp, string][] = [
  [/[\u3000\u00a0]/g, " "],
  [/[º˚゜]/g, "°"],
  [/[′’‘`´ʹʼ]/g, "'"],
  [/[″”“ʺ〃]/g, '"'],
  [/(\d)。(?=\d)/g, "$1."],
  [/(\d)\s*度/g, "$1°"],
  [/(\d)\s*分/g, "$1'"],
  [/(\d)\s*秒/g, '$1"'],
];

const LONGEST = 1000;

/** The one place in China that a text says, its digits kept as they were; undefined where it says none, several, or more. China's
 * longitudes are all above its latitudes, so that the order is never a guess. */
export function readCoordinates(text: string): Pair | undefined {
  if (text.length > LONGEST) return undefined;
  const spelt = text.replace(/&amp;/g, "&");
  const link = LINK.exec(spelt);
  if (link) return ofLink(link[1] ?? link[2]!)[0];
  const [angles, named, rest] = parted(spelt);
  if (angles.length !== 2 || named.length > 1 || rest) return undefined;
  if (!angles.every((angle) => partsOf(angle)[1] || partsOf(angle)[0]!.includes("."))) return undefined;
  const [one, other] = angles.map(inDegrees);
  const [first, second] = angles.map(saidOf);
  return one && other ? paired(one, other, first, second) : undefined;
}

/** The numbering, where the link's map or a word beside the numbers tells it. */
export function appOf(text: string): Crs | undefined {
  const spelt = text.slice(0, LONGEST).replace(/&amp;/g, "&");
  const link = LINK.exec(spelt);
  if (link) return ofLink(link[1] ?? link[2]!)[1];
  const [, named] = parted(spelt);
  return named.length === 1 ? named[0] : undefined;
}

/** The angles of a text, the numberings that are named beside them, and what is left. */
function parted(text: string): [RegExpExecArray[], Crs[], string] {
  let plain = text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  for (const [shape, sign] of SHAPES) plain = plain.replace(shape, sign);
  const angles = allOf(ANGLE, plain, /[\d.a-df-mo-z-]/i);
  let rest = plain;
  for (const angle of [...angles].reverse()) rest = rest.slice(0, angle.index) + rest.slice(angle.index + angle[0].length);
  const named: Crs[] = [];
  for (const [crs, names] of NAMES) {
    const without = rest.replace(names, "");
    if (without !== rest) named.push(crs);
    rest = without;
  }
  return [angles, named, rest.replace(BESIDE, "")];
}

/** Everything a pattern finds that does not stand right behind one of these characters: look-behind, for browsers that have none. */
function allOf(pattern: RegExp, text: string, behind?: RegExp): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (match.index && behind?.test(text[match.index - 1]!)) pattern.lastIndex = match.index + 1;
    else found.push(match);
  }
  return found;
}

type Axis = "lon" | "lat";

/** Degrees, their sign, minutes and seconds: behind the axis, or before it. */
function partsOf(angle: RegExpExecArray): (string | undefined)[] {
  return angle[1] ? angle.slice(2, 6) : angle.slice(6, 10);
}

function saidOf(angle: RegExpExecArray): Axis | undefined {
  const word = angle[1] ?? angle[10];
  if (!word) return undefined;
  return EAST.test(word) ? "lon" : "lat";
}

function inDegrees(angle: RegExpExecArray): string | undefined {
  const [degrees, , minutes, seconds] = partsOf(angle) as [string, ...(string | undefined)[]];
  if (minutes === undefined) return degrees;
  if (degrees.includes(".") || (seconds && minutes.includes("."))) return undefined;
  if (Number(minutes) >= 60 || Number(seconds ?? 0) >= 60) return undefined;
  return (Number(degrees) + Number(minutes) / 60 + Number(seconds ?? 0) / 3600).toFixed(6).replace(/\.?0+$/, "");
}

/** Longitude and latitude of two numbers, in China; undefined where they are no place there, or are called otherwise. */
function paired(one: string, other: string, first?: Axis, second?: Axis): Pair | undefined {
  if (isInChina(one, other)) return (first ?? "lon") === "lon" && (second ?? "lat") === "lat" ? { lon: one, lat: other } : undefined;
  if (!isInChina(other, one)) return undefined;
  return (first ?? "lat") === "lat" && (second ?? "lon") === "lon" ? { lon: other, lat: one } : undefined;
}

function isInChina(lon: string, lat: string): boolean {
  return Number(lon) >= 73 && Number(lon) <= 136 && Number(lat) >= 3 && Number(lat) <= 54;
}

const LINK = /([a-z][a-z0-9+.-]{1,20}:\/\/\S+|geo:\d\S+)|(?:^|[^\w.@/-])((?:[a-z0-9-]+\.)+(?:com|cn|org|net)\/\S+)/i;

/** Hosts and schemes of maps, their numbering, and the parameter that names another one. */
const MAPS: [RegExp, Crs | undefined, string, { [value: string]: Crs }][] = [
  [/^(?:.*\.)?(?:amap|gaode)\.com$/, "gcj02", "coordinate", { gaode: "gcj02", wgs84: "wgs84" }],
  [/^(?:androidamap|iosamap|amapuri)$/, "gcj02", "dev", { 0: "gcj02", 1: "wgs84" }],
  [
    /^(?:(?:.*\.)?map\.baidu\.com|baidumap|bdapp)$/,
    "bd09",
    "coord_type",
    { bd09: "bd09", bd09ll: "bd09", gcj02: "gcj02", wgs84: "wgs84" },
  ],
  [/^(?:(?:.*\.)?map\.qq\.com|qqmap)$/, "gcj02", "coord_type", { 1: "wgs84", 2: "gcj02" }],
  [/^maps\.apple\.com$/, "gcj02", "", {}],
  [/^(?:geo|(?:.*\.)?(?:openstreetmap\.org|osm\.org|tianditu\.gov\.cn|tianditu\.com))$/, "wgs84", "", {}],
];
const PAIR = /(\d{1,3}\.\d{1,17})(?![\d.])\s*[,/]\s*(\d{1,3}\.\d{1,17})(?![\d.])/g;
const MARK = /!3d(\d{1,3}\.\d{1,17})!4d(\d{1,3}\.\d{1,17})/g;
const LONS = ["lng", "lon", "longitude", "pointx", "mlon", "dlon"];
const LATS = ["lat", "latitude", "pointy", "mlat", "dlat"];
const STARTS = new Set(["from", "fromcoord", "origin", "saddr", "sll", "spn", "slat", "slon", "start"]);
const VIEWS = new Set(["center", "centre", "c", "view"]);

/** The place that a link leads to, and the numbering of its map. */
function ofLink(written: string): [Pair | undefined, Crs | undefined] {
  const link = written.replace(/，/g, ",").replace(/：/g, ":");
  const [, scheme, host, path, search, hash] =
    /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/)?([^/?#:]*)(?::\d+)?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/i.exec(link) ?? [];
  const query = new URLSearchParams(search ?? "");
  const named = new Map([...query].map(([name, value]) => [name.toLowerCase().replace("[lnglat]", ""), value]));
  const surely = new Map<string, Pair>();
  const views = new Map<string, Pair>();
  const add = (into: Map<string, Pair>, one: string, other: string) => {
    const pair = paired(one, other);
    if (pair) into.set(`${pair.lon},${pair.lat}`, pair);
  };
  const before = unescaped(`${scheme?.toLowerCase() === "geo" ? host : ""}${path ?? ""}`);
  for (const mark of allOf(MARK, before)) add(surely, mark[1]!, mark[2]!);
  for (const pair of pairsIn(before)) add(before[pair.index - 1] === "@" ? views : surely, pair[1]!, pair[2]!);
  for (const pair of pairsIn(unescaped(hash ?? ""))) add(views, pair[1]!, pair[2]!);
  for (const [name, value] of named) {
    if (STARTS.has(name)) continue;
    for (const pair of pairsIn(value)) add(VIEWS.has(name) ? views : surely, pair[1]!, pair[2]!);
  }
  const numbers = (names: string[]) => names.map((name) => named.get(name)).filter(isNumber);
  for (const lon of numbers(LONS)) for (const lat of numbers(LATS)) add(surely, lon, lat);
  const found = surely.size ? surely : views;
  const where = !scheme || /^https?$/i.test(scheme) ? host : scheme;
  const map = MAPS.find(([names]) => names.test((where ?? "").toLowerCase()));
  const crs = map && (named.has(map[2]) ? map[3][named.get(map[2])!.toLowerCase()] : map[1]);
  return [found.size === 1 ? [...found.values()][0] : undefined, crs];
}

function pairsIn(text: string): RegExpExecArray[] {
  return allOf(PAIR, text, /[\d.]/);
}

function isNumber(value: string | undefined): value is string {
  return value !== undefined && /^\d{1,3}\.\d{1,17}$/.test(value);
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
