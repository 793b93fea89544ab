// Where the places of a list stand in a directory that comes in blocks, if all that is known of them is their ids. Written by
// haitang/site/exports/shards/ids.py.

import type { Blocks } from "./blocks";
import { numbers, texts } from "./columns";
import { script } from "./loader";
import { shard } from "./shards";

interface PackedIds {
  id: string;
  block: string;
  blocks: string[];
}

const VERSION = 6; // characters, as in haitang/site/exports/shards/blocks.py

/** Brings the blocks that these places are in, and nothing else; those of ids that nobody has (any more) are none. */
export async function bringPlaces(blocks: Blocks, ids: readonly string[]): Promise<void> {
  if (!ids.length) return;
  await script(blocks.root, "ids");
  const { version } = window.HAITANG!["ids"] as unknown as { version: string };
  const count = version.length / VERSION;
  const asked = new Map<number, string[]>();
  for (const id of ids) {
    const file = fileOf(id, count);
    asked.set(file, [...(asked.get(file) || []), id]);
  }
  const named = await Promise.all(Array.from(asked, ([file, own]) =>
    shard<PackedIds>(blocks.root, `ids/${file}`, version.substr(file * VERSION, VERSION)).then((packed) => namesOf(packed, own))));
  const names = new Set(([] as string[]).concat(...named));
  const wanted = blocks.overview.blocks.map((_, at) => at).filter((at) => names.has(blocks.overview.blocks[at]!.name));
  await blocks.bring(wanted);
}

/** The file of an id among so many: FNV-1a, 32 bits. */
export function fileOf(id: string, count: number): number {
  let digest = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) digest = Math.imul(digest ^ id.charCodeAt(at), 0x01000193);
  return (digest >>> 0) % count;
}

function namesOf(packed: PackedIds, wanted: readonly string[]): string[] {
  const own = numbers(packed.block);
  const ids = texts(packed.id, own.length);
  return wanted.map((id) => ids.indexOf(id)).filter((at) => at >= 0).map((at) => packed.blocks[own[at]!]!);
}
