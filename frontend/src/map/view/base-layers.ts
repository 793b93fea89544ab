// Puts the base beneath a map that stands already: nobody waits for it.

import { script, scriptIfAny } from "../../data/loader";
import { rootOf } from "../../versions/languages";
import type { BaseMap, Host } from "../base/base-map";
import type { Box } from "../base/names";
import type { BaseIndex } from "../base/tiles";
import type { Shift } from "../core/map-data";
import { ground, setPosition, type LeafletMap } from "../core/leaflet";

export type Base = Pick<BaseMap, "show">;
export type { Box };

/** Rejects where a part of it does not come; the map is then as it was. */
export function baseBeneath(map: LeafletMap, stage: HTMLElement, root: string, shift: Shift): Promise<Base> {
  return Promise.all([script(root, "base"), script(root, "layers"), scriptIfAny(root, "map_names")]).then(() => {
    const known = window.HAITANG as unknown as { base: BaseIndex; layers: { beneath(host: Host, index: BaseIndex): Base } };
    return known.layers.beneath(hostOf(map, stage, root, shift), known.base);
  });
}

function hostOf(map: LeafletMap, stage: HTMLElement, root: string, shift: Shift): Host {
  const names = document.createElement("canvas");
  names.className = "map-names";
  names.setAttribute("aria-hidden", "true");
  const pane = map.createPane("names");
  pane.style.zIndex = "445"; // over the pools around towns, beneath their names
  pane.appendChild(names);
  return {
    root: rootOf(root, "base"), stage, there: (spot) => shift.there(spot),
    ground: (tile, gone) => {
      const layer = ground({ keepBuffer: 1, updateWhenZooming: false, zIndex: 2 }, ({ x, y, z }) => tile(x, y, z));
      layer.on("tileunload", (event) => gone((event as unknown as { tile: HTMLElement }).tile));
      layer.addTo(map);
    },
    view: () => {
      const { x: width, y: height } = map.getSize();
      const { x, y } = map.project(map.containerPointToLatLng([0, 0]), map.getZoom());
      return { x, y, scale: 256 * Math.pow(2, map.getZoom()), width, height };
    },
    names: () => {
      const { x: width, y: height } = map.getSize();
      setPosition(names, map.containerPointToLayerPoint([0, 0]));
      names.style.width = `${width}px`;
      names.style.height = `${height}px`;
      return names;
    },
  };
}
