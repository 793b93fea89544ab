// A place in the data that this phone keeps.

import { blocksOf, type Blocks } from "../data/blocks";
import type { Data } from "../data/directory";
import { load } from "../data/loader";
import { SHARDS } from "../versions/cache-names";

export interface KeptPlace extends Data {
  row: number;
}

/** Null where nothing is kept of it. Rejects where the data are not to be had. */
export async function keptPlace(root: string, id: string): Promise<KeptPlace | null> {
  const blocks = await blocksOf(root);
  if (blocks) return inBlocks(blocks, root, id);
  const [places, points, facts] = await Promise.all([load(root, "places"), load(root, "points"), load(root, "facts")]);
  return found({ places, points, facts }, id);
}

function found(data: Data, id: string): KeptPlace | null {
  const row = data.places.id.indexOf(id);
  return row < 0 ? null : { ...data, row };
}

/** What says in which block a place is need not be kept, and only blocks that were looked at are: those of them that may hold it. */
async function inBlocks(blocks: Blocks, root: string, id: string): Promise<KeptPlace | null> {
  const { blocks: all, towns } = blocks.overview;
  const scope = new URL(root || "./", location.href).href;
  const cache = await caches.open(SHARDS + scope);
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  for (let at = 0; at < all.length; at++) {
    const { name, version, town } = all[at]!;
    const url = `${scope}data/${name}.js?s=${version}`;
    const response = kept.has(url) ? await cache.match(url) : undefined;
    // Ids that begin with their town's are told from the dash on: haitang/site/exports/columns.py.
    const head = towns[town]!.id;
    const told = id.indexOf(`${head}-`) === 0 ? id.slice(head.length) : id;
    if (!response || (await response.text()).indexOf(told) < 0) continue;
    await blocks.bring([at]);
    const place = found(blocks.data, id);
    if (place) return place;
  }
  return null;
}
