// What marks are made of, however that is found out: `Clusters` knows every place, `BlockClusters` how many stand where, and every
// place of the blocks that have come.

import type { Bounds } from "../core/map-data";
import type { MapMark } from "../core/mark";

export interface PlaceSource {
  /** Only these rows from now on, 1 for each; null: all of the page's own. A promise where something must come first. */
  select(mask: Uint8Array | null): Promise<void> | null;
  /** The marks of a view. */
  within(box: Bounds, zoom: number): MapMark[];
  /** The selected rows in a box, edges included, in the directory's order. */
  rowsIn(box: Bounds): number[];
  /** The least box around what is selected in a box; null where nothing is. */
  around(box: Bounds): Bounds | null;
  /** Brings what these marks lack; null where they lack nothing. */
  bring(marks: readonly MapMark[]): Promise<void> | null;
  /** The zoom at which a mark comes apart, seen from another; Infinity where it never does. */
  splitZoom(entry: MapMark, zoom: number): number;
  /** Rows of a mark's members, in no order. */
  members(entry: MapMark): number[];
  /** Rows of a mark's members, centres first, then by name as the page's language sorts. */
  rows(entry: MapMark): number[];
  /** Where a mark's members lie. */
  bounds(entry: MapMark): Bounds;
}
