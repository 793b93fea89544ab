// How many of each tier a cluster holds, for all clusters at once. supercluster can carry such sums along itself, but by making
// objects for every cluster at every zoom; these are counted afterwards, in columns of numbers, from who was merged into whom.

/** supercluster's own columns of a zoom: six numbers an item; see `_cluster` in its index.js (9.1.0, held by its exact version). */
interface Tree {
  data: Int32Array;
  numItems: number;
}
const ITEM = 6;
const [ID, PARENT, MEMBERS] = [3, 4, 5];

export class TierCounts {
  private readonly sums: Int32Array;
  /** By the zoom that a cluster's id names: where its sum stands (from 1 on), by the item it began with. */
  private readonly places: Int32Array[] = [];
  private used = 0;

  /** `add` counts one place, by its number among those loaded, into `sums` from an index on. */
  constructor(
    index: object,
    private readonly points: number,
    maxZoom: number,
    private readonly width: number,
    private readonly add: (point: number, sums: Int32Array, at: number) => void,
  ) {
    const { trees } = index as { trees: Tree[] };
    this.sums = new Int32Array((points + 1) * width); // every cluster merges at least two, over all zooms together
    for (let zoom = maxZoom; zoom >= 0; zoom--) if (trees[zoom] !== trees[zoom + 1]) this.count(trees[zoom + 1]!, zoom + 1);
  }

  /** The sums of a cluster. */
  of(id: number): Int32Array {
    const at = this.place(id) * this.width;
    return this.sums.subarray(at, at + this.width);
  }

  /** Adds every item of a zoom that was merged into a cluster of the next one out; each is merged once and never again. */
  private count({ data, numItems }: Tree, zoom: number): void {
    const { sums, width, points } = this;
    const places = (this.places[zoom] = new Int32Array(numItems));
    for (let item = 0; item < numItems * ITEM; item += ITEM) {
      const parent = data[item + PARENT]!;
      if (parent < 0) continue;
      const first = (parent - points) >> 5;
      const to = (places[first] || (places[first] = ++this.used)) * width;
      const id = data[item + ID]!;
      if (data[item + MEMBERS] === 1) this.add(id, sums, to);
      else for (let from = this.place(id) * width, column = 0; column < width; column++) sums[to + column]! += sums[from + column]!;
    }
  }

  /** An id names the zoom and the item that a cluster began with. */
  private place(id: number): number {
    return this.places[(id - this.points) & 31]![(id - this.points) >> 5]!;
  }
}
