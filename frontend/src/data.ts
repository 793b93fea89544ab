// The data of the map: columns in a classic script, because `fetch` does not work from file://.

export interface Town {
  id: string;
  name: string;
  lon: number | null;
  lat: number | null;
}

/** One row a position that can be drawn; see haitang/outputs/map_data.py. */
export interface MapData {
  id: string[];
  name: string[];
  lon: number[];
  lat: number[];
  /** Index into the tier codes. */
  tier: number[];
  /** Index into `towns`. */
  town: number[];
  /** 0 where only the town is known and the point is the town's own. */
  precise: number[];
  towns: Town[];
  /** How many positions have no point at all. */
  undrawn: number;
}

declare global {
  interface Window {
    HAITANG_MAP?: MapData;
  }
}

/** The symbols the page's sprite holds, in the order of TIER_CODES: `#f-centre` and so on. */
export const TIERS = ["centre", "station", "point", "other", "unknown"] as const;

/** Calls back with the data once its script has run; the script is loaded once, however many maps ask. */
export function loadData(src: string, ready: (data: MapData) => void, failed: (why: Error) => void): void {
  const arrive = (): void => {
    const data = window.HAITANG_MAP;
    const reason = data ? flaw(data) : "no data";
    if (data && !reason) ready(data);
    else failed(new Error(`${src}: ${reason}`));
  };
  if (window.HAITANG_MAP) return arrive();
  let script = document.querySelector<HTMLScriptElement>("script[data-haitang-map]");
  if (!script) {
    script = document.createElement("script");
    script.src = src;
    script.setAttribute("data-haitang-map", "");
    document.head.appendChild(script);
  }
  script.addEventListener("load", arrive);
  script.addEventListener("error", () => failed(new Error(`${src}: not loaded`)));
}

/** A half-copied file must leave the static picture standing, not a map that lies. */
function flaw(data: MapData): string {
  const columns = [data.id, data.name, data.lon, data.lat, data.tier, data.town, data.precise];
  if (!Array.isArray(data.towns) || columns.some((column) => !Array.isArray(column))) return "a column is missing";
  return columns.some((column) => column.length !== data.id.length) ? "columns differ in length" : "";
}
