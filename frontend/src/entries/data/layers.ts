// What draws the base of maps: published, and asked for, only where a directory has layers.

import { BaseMap, type Host } from "../../map/base/base-map";
import { paintSmallMap } from "../../map/base/small-map";
import type { BaseIndex } from "../../map/base/tiles";

Object.assign((window.HAITANG = window.HAITANG || {}), {
  layers: { beneath: (host: Host, index: BaseIndex) => new BaseMap(host, index), small: paintSmallMap },
});
