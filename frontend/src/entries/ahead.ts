// On pages with a map, before its code: asks for what the map begins with while that code comes. Where the map lies further
// down, code and data wait until the visitor comes near: who finds it all in the first window pays for no map.

import { bringMap } from "../map/coming";

bringMap(document.currentScript as HTMLScriptElement | null);
