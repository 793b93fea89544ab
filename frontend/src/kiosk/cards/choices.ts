// What one may choose instead of typing: towns, tiers, services, facilities, brands, and the places of each. The addresses of the
// list screen: `town/lujia`, `town/lujia/station`, `tier/centre`, `service/健康义诊`, `brand/hongfushi`; a kind alone is a choice of all
// its values. `held/3+5/老人理发` are the rows where an activity takes place. Pure but for the words.

import { say } from "../../core/words";
import { metresBetween } from "../../data/geo";
import { tierName, tiers } from "../../data/tiers";
import { GROUPS, NOTHING, Sieve, type Group, type Sifted } from "../../finder/query/filters";
import { nowInZone } from "../../schedule/clock";
import { stateOf } from "../../schedule/opening-hours";
import type { PackedReadings } from "../../search/engine/pinyin";
import type { World } from "../core/hall";

export interface ListAddress {
  kind: Group;
  /** Towns, tiers and brands by id, services and facilities by name; empty: one of them is to be chosen. */
  value: string;
  /** Of a town's places only those of this tier. */
  tier: string;
}

export interface Choice {
  kind: Group;
  value: string;
  name: string;
  count: number;
  /** Where it leads: as in `data-go`. */
  go: string;
}

const OPEN = ["open", "closing", "always"];

export function readListAddress(what: string): ListAddress {
  const [first, ...rest] = what.split("/");
  const kind = GROUPS.filter((group) => group === first)[0] || "town";
  if (kind !== "town") return { kind, value: rest.join("/"), tier: "" };
  const [value = "", tier = ""] = rest;
  return { kind, value, tier };
}

const HELD = "held/";
const SEPARATOR = "+"; // between rows

/** Places that hold the same. */
export interface Held {
  rows: number[];
  name: string;
}

export function heldAddress(rows: readonly number[], name: string): string {
  return `${HELD}${rows.join(SEPARATOR)}/${name}`;
}

/** Null where an address is none of these; `count` rows are there. */
export function readHeldAddress(what: string, count: number): Held | null {
  if (what.indexOf(HELD) !== 0) return null;
  const [rows = "", ...name] = what.slice(HELD.length).split("/");
  return { rows: rows.split(SEPARATOR).filter((row) => /^\d+$/.test(row) && Number(row) < count).map(Number), name: name.join("/") };
}

export class Choices {
  private readonly sieve: Sieve;
  private readonly known = new Map<Group, Choice[]>();

  constructor(private readonly world: World) {
    this.sieve = new Sieve(world);
  }

  /** The places of an address, and how many of them are open at this moment. */
  sift({ kind, value, tier }: ListAddress): Sifted {
    const now = nowInZone();
    this.sieve.setOpen((hours) => now !== null && OPEN.indexOf(stateOf(hours, now).kind) >= 0);
    const filters = { ...NOTHING, ...(value ? { [kind]: [value] } : {}), ...(tier ? { tier: [tier] } : {}) };
    const sifted = this.sieve.sift(filters, null);
    return value && this.sieve.keys(kind).indexOf(value) < 0 ? { ...sifted, shown: new Uint8Array(this.sieve.rows), total: 0 } : sifted;
  }

  /** All values of a kind: this hall's town first, tiers in their order, and otherwise what has most places. */
  choices(kind: Group): Choice[] {
    let known = this.known.get(kind);
    if (!known) {
      const { counts } = this.sieve.sift(NOTHING, null);
      known = this.choicesOf(kind, counts[kind], (value) => `list:${kind}/${value}`);
      this.known.set(kind, known);
    }
    return known;
  }

  /** What an address can be narrowed to: a town by tier, a tier by town; nothing else can. */
  narrower({ kind, value, tier }: ListAddress, { counts }: Sifted): Choice[] {
    if (kind === "town") return this.choicesOf("tier", counts.tier, (own) => `list:town/${value}${own === tier ? "" : `/${own}`}`);
    if (kind !== "tier") return [];
    return this.choicesOf("town", counts.town, (town) => `list:town/${town}/${value}`).filter((choice) => choice.count > 0);
  }

  name(kind: Group, value: string): string {
    const { facts } = this.world;
    if (kind === "service" || kind === "facility") return value;
    if (kind === "tier") return tierInFull(tiers().id.indexOf(value));
    if (kind === "brand") return nameIn(facts.brandNames, value);
    return townName(this.world, value);
  }

  /** The town that this hall is in, or the nearest one that has a place; null where nobody knows. */
  get nearestTown(): Choice | null {
    const { hall, places } = this.world;
    const towns = this.choices("town").filter(({ count }) => count > 0);
    const own = this.hallTown;
    if (own) return towns.filter(({ value }) => value === own)[0] || null;
    const { spot } = hall;
    if (!spot) return null;
    const far = (id: string): number => {
      const { lon, lat } = places.towns.filter((town) => town.id === id)[0]!;
      return lon === null || lat === null ? Infinity : metresBetween(spot, { lon, lat });
    };
    return towns.reduce<Choice | null>((best, town) => (far(town.value) < (best ? far(best.value) : Infinity) ? town : best), null);
  }

  /** The id of the town of this hall's own position, or empty. */
  get hallTown(): string {
    const { hall, places } = this.world;
    return hall.home < 0 ? "" : places.towns[places.town[hall.home]!]!.id;
  }

  private choicesOf(kind: Group, counts: ArrayLike<number>, go: (value: string) => string): Choice[] {
    const { towns } = this.world.places;
    const areas = towns.filter(({ id, area }) => id === area).map(({ id }) => id);
    const own = this.hallTown;
    const all = this.sieve.keys(kind)
      .map((value, at) => ({ kind, value, name: this.name(kind, value), count: counts[at]!, go: go(value), at }))
      // A town of which nothing is published stays: it says so itself. What is no town is there only for its places.
      .filter(({ value, count }) => count > 0 || (kind === "town" && areas.indexOf(value) < 0));
    const first = ({ value }: Choice): number => (kind === "town" && value === own ? 0 : areas.indexOf(value) >= 0 ? 2 : 1);
    return all.sort((one, other) =>
      first(one) - first(other) || (kind === "tier" ? 0 : other.count - one.count) || one.at - other.at);
  }
}

/** Empty where there is no such town. */
export function townName({ places }: World, own: string): string {
  const town = places.towns.filter(({ id }) => id === own)[0];
  return !town ? "" : town.id === town.area ? say("kiosk.find.townUnknown") : town.name;
}

export function tierInFull(index: number): string {
  const { tiers: names } = window.HAITANG!["readings"] as unknown as PackedReadings;
  return names[index] || tierName(index);
}

function nameIn(named: readonly { id: string; name: string }[], id: string): string {
  const found = named.filter((one) => one.id === id)[0];
  return found ? found.name : "";
}
