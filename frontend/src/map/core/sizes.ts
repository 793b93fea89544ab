// How large flowers are, in pixels: by tier, by how many a cluster holds, and by how large the page's print is.

import type { MapMark } from "./mark";

/** The print that the figures below are made for, in pixels. */
const PRINT = 16;
/** Diameter of a single mark's flower by tier code; its hit area is larger (marks.css). */
const SINGLE = [44, 40, 38, 36, 38];
/** From how many members on: diameter, and how deep the red is (class `is-0` to `is-5`). */
const SIZES: [members: number, diameter: number][] = [[2, 52], [5, 58], [10, 64], [30, 72], [100, 82], [1000, 96]];
/** Places nearer than this at a whole zoom level become one flower. */
const APART = 60;
/** The least that one taps; `--map-hit` in stage.css. */
const HIT = 44;

export class Sizes {
  /** 1 on a phone; on a hall's screen, which is read from further away, more. */
  unit = 1;

  constructor(private readonly stage: HTMLElement) {
    this.measure();
  }

  /** True where the print has changed. */
  measure(): boolean {
    const before = this.unit;
    this.unit = Math.max(1, parseFloat(getComputedStyle(this.stage).fontSize) / PRINT) || 1;
    return this.unit !== before;
  }

  get apart(): number {
    return APART * this.unit;
  }

  /** The diameter of a mark's flower. */
  of(entry: MapMark): number {
    const plain = entry.count === 1 ? SINGLE[entry.tiers.indexOf(1)] || 38 : SIZES[depth(entry.count)]![1];
    return Math.round(plain * this.unit);
  }

  /** What a mark needs for itself. */
  room(entry: MapMark): number {
    return Math.max(this.of(entry), HIT * this.unit);
  }
}

export function depth(count: number): number {
  return SIZES.filter(([members]) => count >= members).length - 1;
}
