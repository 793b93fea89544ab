// In which blocks a key is to be found, and how well at best: data/keys/*.js and data/search.js, written by
// haitang/site/exports/shards/search_keys.py.

import { numbers, texts } from "../../data/columns";
import { script } from "../../data/loader";
import { shard } from "../../data/shards";

/** The rank that the best place of each block may have; 0 is the best, NONE is none. */
export type Ranks = Uint16Array;

export const NONE = 65535;
/** Ranks are groups of hits, and in each the length of a text and its tier: haitang/site/exports/shards/search_keys.py. */
export const [LONGEST, TIERS] = [40, 13];
const GROUP = (LONGEST + 1) * TIERS;
const VERSION = 6; // characters

interface PackedKeys {
  next: string;
  in: string;
}

/** What begins each part after the first of a file that comes in parts. */
const PARTS = [["3", "g"], ["5", "l"], ["8", "t"]] as const;

/** Keys with the same first part, by what follows it: all of them, or those of one file. */
type Lists = Map<string, string>;

export class Postings {
  private readonly versions = new Map<string, string>();
  private readonly firsts: Set<string>;
  private readonly lists = new Map<string, Promise<Lists>>();

  /** `blocks`: how many there are. */
  constructor(private readonly root: string, private readonly blocks: number, packed: { first: string; version: string }) {
    const files = texts(packed.first, packed.version.length / VERSION);
    files.forEach((file, at) => this.versions.set(file, packed.version.substr(at * VERSION, VERSION)));
    this.firsts = new Set(files.map((file) => file.split(".")[0]!));
  }

  static load(root: string, blocks: number): Promise<Postings> {
    return script(root, "search").then(() => new Postings(root, blocks, window.HAITANG!["search"] as unknown as { first: string; version: string }));
  }

  /** Whether any key has this first part. */
  has(first: string): boolean {
    return this.firsts.has(first);
  }

  /** The blocks of a key. */
  of(first: string, following: string): Promise<Ranks> {
    const file = this.versions.has(first) ? first : `${first}.${partOf(following)}`;
    return this.file(file).then((lists) => this.unpacked(lists.get(following) || ""));
  }

  private file(name: string): Promise<Lists> {
    const version = this.versions.get(name);
    if (version === undefined) return Promise.resolve(new Map<string, string>());
    let lists = this.lists.get(name);
    if (!lists) {
      lists = shard<PackedKeys>(this.root, `keys/${name}`, version).then((packed) => {
        const next = packed.next.split("\n");
        const posts = texts(packed.in, next.length);
        return new Map(next.map((following, at) => [following, posts[at]!] as [string, string]));
      });
      lists.catch(() => this.lists.delete(name));
      this.lists.set(name, lists);
    }
    return lists;
  }

  private unpacked(posts: string): Ranks {
    const parts = numbers(posts);
    const cut = parts[0] === -1; // only the best are named; of all others it may be, and none is better than the last of these
    const named: [block: number, rank: number][] = [];
    for (let at = Number(cut); at < parts.length; ) {
      const [rank, count] = [parts[at]!, parts[at + 1]!];
      let block = 0;
      for (const step of parts.slice(at + 2, at + 2 + count)) named.push([(block += step), rank]);
      at += 2 + count;
    }
    const ranks = this.none();
    if (cut) ranks.fill(named[named.length - 1]![1]);
    for (const [block, rank] of named) ranks[block] = rank;
    return ranks;
  }

  none(): Ranks {
    return new Uint16Array(this.blocks).fill(NONE);
  }
}

/** The part of a file in which a key stands. */
function partOf(following: string): number {
  return PARTS.filter(([digit, letter]) => following.charAt(0) >= (/^[0-9]/.test(following) ? digit : letter)).length;
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
