// In which blocks a key is to be found, and how well at best: data/keys/*.js and data/search.js, written by
// haitang/site/exports/shards/search_keys.py.

import { numbers, texts } from "../../data/columns";
import { script } from "../../data/loader";
import { shard } from "../../data/shards";

/** The rank that the best place of each block may have; 0 is the best, NONE is none. */
export type Ranks = Uint16Array;

export const NONE = 65535;
/** Ranks are groups of hits, and in each the length of a text and its tier: haitang/site/exports/shards/search_keys.py. */
export const [LONGEST, TIERS] = [40, 5];
const GROUP = (LONGEST + 1) * TIERS;
const VERSION = 6; // characters

interface PackedKeys {
  next: string;
  in: string;
}

/** All keys with the same first part, by what follows it. */
type Lists = Map<string, string>;

export class Postings {
  private readonly versions = new Map<string, string>();
  private readonly lists = new Map<string, Promise<Lists>>();

  /** `blocks`: how many there are. */
  constructor(private readonly root: string, private readonly blocks: number, packed: { first: string; version: string }) {
    const firsts = packed.first.split("\n");
    texts(packed.first, packed.version.length / VERSION);
    firsts.forEach((first, at) => this.versions.set(first, packed.version.substr(at * VERSION, VERSION)));
  }

  static load(root: string, blocks: number): Promise<Postings> {
    return script(root, "search").then(() => new Postings(root, blocks, window.HAITANG!["search"] as unknown as { first: string; version: string }));
  }

  /** Whether any key has this first part. */
  has(first: string): boolean {
    return this.versions.has(first);
  }

  /** The blocks of a key. */
  of(first: string, following: string): Promise<Ranks> {
    return this.following(first).then((lists) => this.unpacked(lists.get(following) || ""));
  }

  /** What follows a first part, as keys have it. */
  following(first: string): Promise<Lists> {
    const version = this.versions.get(first);
    if (version === undefined) return Promise.resolve(new Map<string, string>());
    let lists = this.lists.get(first);
    if (!lists) {
      lists = shard<PackedKeys>(this.root, `keys/${first}`, version).then((packed) => {
        const next = packed.next.split("\n");
        const posts = texts(packed.in, next.length);
        return new Map(next.map((name, at) => [name, posts[at]!] as [string, string]));
      });
      lists.catch(() => this.lists.delete(first));
      this.lists.set(first, lists);
    }
    return lists;
  }

  private unpacked(posts: string): Ranks {
    const steps = numbers(posts);
    const cut = steps[0] === -1; // only the best are named; of all others it may be, and none is better than the last of these
    let worst = 0;
    for (let at = 2; cut && at < steps.length; at += 2) worst = Math.max(worst, steps[at]!);
    const ranks = this.none().fill(cut ? worst : NONE);
    let block = 0;
    for (let at = Number(cut); at < steps.length; at += 2) ranks[(block += steps[at]!)] = steps[at + 1]!;
    return ranks;
  }

  none(): Ranks {
    return new Uint16Array(this.blocks).fill(NONE);
  }
}

/** What either may have. */
export function either(one: Ranks, other: Ranks): Ranks {
  return one.map((rank, block) => Math.min(rank, other[block]!));
}

/** What both have. A text that holds both begins with `one` or does not, and is no shorter than either says. */
export function both(one: Ranks, other: Ranks): Ranks {
  return one.map((rank, block) => {
    const second = other[block]!;
    if (rank === NONE || second === NONE) return NONE;
    return rank - (rank % GROUP) + Math.max(rank % GROUP, second % GROUP);
  });
}

export function countOf(ranks: Ranks): number {
  let count = 0;
  for (let block = 0; block < ranks.length; block++) if (ranks[block] !== NONE) count++;
  return count;
}
