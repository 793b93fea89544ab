// The parts of Leaflet the map is made of. Importing them file by file leaves out vectors, image layers, tooltips and
// controls, half of the library; this module is the only one that knows Leaflet's own layout.

import type * as L from "leaflet";
import { stop as stopEvent } from "leaflet/src/dom/DomEvent.js";
import { setPosition as setPositionOf } from "leaflet/src/dom/DomUtil.js";
import { LatLngBounds as PlainBounds } from "leaflet/src/geo/LatLngBounds.js";
import { Point as PlainPoint } from "leaflet/src/geometry/Point.js";
import { DivIcon as Icon } from "leaflet/src/layer/marker/DivIcon.js";
import { Marker as PlainMarker } from "leaflet/src/layer/marker/Marker.js";
import { GridLayer as Grid } from "leaflet/src/layer/tile/GridLayer.js";
import { TileLayer as PlainTiles } from "leaflet/src/layer/tile/TileLayer.js";
import { Map as PlainMap } from "leaflet/src/map/Map.js";
// These hook themselves into Map. Keyboard is left out on purpose: ours also works while a marker has the focus.
import "leaflet/src/map/handler/Map.DoubleClickZoom.js";
import "leaflet/src/map/handler/Map.Drag.js";
import "leaflet/src/map/handler/Map.ScrollWheelZoom.js";
import "leaflet/src/map/handler/Map.TouchZoom.js";

export type LeafletMap = L.Map;
export type LatLngBounds = L.LatLngBounds;
export type Marker = L.Marker;
export type Point = L.Point;

export const LeafletMap = PlainMap as typeof L.Map;
export const LatLngBounds = PlainBounds as typeof L.LatLngBounds;
export const DivIcon = Icon as typeof L.DivIcon;
/** A layer whose tiles are what `tile` makes; it moves and zooms with the map. */
export function ground(options: L.GridLayerOptions, tile: (at: L.Coords) => HTMLElement): L.GridLayer {
  const Ground = (Grid as typeof L.GridLayer).extend({ createTile: tile }) as new (options: L.GridLayerOptions) => L.GridLayer;
  return new Ground(options);
}
/** Pictures from elsewhere. One that does not come leaves the ground beneath it as it is. */
export function tiles(url: string, options: L.TileLayerOptions): L.TileLayer {
  const Tiles = PlainTiles as typeof L.TileLayer;
  return new Tiles(url, options).on("tileerror", (event) => (event.tile.style.visibility = "hidden"));
}
export const Marker = PlainMarker as typeof L.Marker;
export const Point = PlainPoint as typeof L.Point;
export const setPosition = setPositionOf as typeof L.DomUtil.setPosition;
export const stop = stopEvent as (event: Event) => void;
