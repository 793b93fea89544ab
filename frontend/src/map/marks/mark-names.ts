// What marks are called, for screen readers and as headings.

import { fill } from "../../core/words";
import type { Town } from "../../data/directory";
import { lookOf, tierName } from "../../data/tiers";
import type { MapData } from "../core/map-data";
import type { MapMark } from "../core/mark";
import type { Words } from "../core/words";

export class MarkNames {
  constructor(
    private readonly data: MapData,
    private readonly words: Words,
    /** Which stops of the page's route a mark is; "" where it is none. */
    readonly numbers: (entry: MapMark) => string = () => "",
  ) {}

  /** The name of a mark: the position's, or "<town>附近 21 个阵地：中心 1、站 9、点 11". */
  of(entry: MapMark): string {
    const numbers = this.numbers(entry);
    return numbers ? fill(this.words.stop, { numbers, name: this.named(entry) }) : this.named(entry);
  }

  private named(entry: MapMark): string {
    const { words } = this;
    if (entry.row >= 0) {
      const text = entry.rough ? words.positionRough : words.position;
      return fill(text, { name: this.data.name[entry.row]!, tier: this.tierOf(entry.row), town: this.townOf(entry.row) });
    }
    const tiers = entry.tiers.map((count, tier) => (count ? fill(words.tierCount, { tier: tierName(tier), count }) : ""));
    return fill(entry.rough ? words.clusterRough : words.cluster, {
      place: this.placeNear(entry.lng, entry.lat),
      count: entry.count,
      tiers: tiers.filter(Boolean).join(words.separator),
    });
  }

  listTitle(entry: MapMark): string {
    const text = entry.rough ? this.words.listRough : this.words.list;
    return fill(text, { count: entry.count, town: this.placeNear(entry.lng, entry.lat) });
  }

  tierOf(row: number): string {
    return tierName(this.data.tier[row]!);
  }

  lookOf(row: number): string {
    return lookOf(this.data.tier[row]!);
  }

  townOf(row: number): string {
    const town = this.data.towns[this.data.town[row]!];
    return town ? town.name : "";
  }

  /** The town whose point is nearest; degrees of longitude are shorter than those of latitude. */
  private placeNear(lon: number, lat: number): string {
    const shrink = Math.cos((lat * Math.PI) / 180);
    const away = (town: Town): number => (town.lon === null || town.lat === null ? Infinity : Math.hypot((town.lon - lon) * shrink, town.lat - lat));
    const nearest = this.data.towns.reduce((best, town) => (away(town) < away(best) ? town : best), this.data.towns[0]!);
    return nearest ? nearest.name : "";
  }
}
