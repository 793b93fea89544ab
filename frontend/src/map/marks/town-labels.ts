// Town names, each on a soft pool of light at the town's point. No boundary is ever drawn (that needs an approval number).
// A name is put where it covers no flower and no other name; where there is no such place it is left out.

import { make } from "../../core/dom";
import { DivIcon, LeafletMap, Marker } from "../core/leaflet";
import type { MapData } from "../core/map-data";
import type { MapMark } from "../core/mark";
import type { Sizes } from "../core/sizes";

interface Label {
  text: HTMLElement;
  lat: number;
  lng: number;
  width: number;
  height: number;
}

type Box = [left: number, top: number, right: number, bottom: number];

const GAP = 4;

export class TownLabels {
  private readonly labels: Label[] = [];

  constructor(
    private readonly map: LeafletMap,
    data: MapData,
    mask: Uint8Array | null,
    private readonly sizes: Sizes,
    towns: Set<number> | null = null,
  ) {
    // Beneath the marks, and every pool beneath every name, whatever Leaflet thinks of latitude.
    map.createPane("pools").style.zIndex = "440";
    map.createPane("towns").style.zIndex = "450";
    const held = towns || new Set(data.town.filter((_, row) => !mask || mask[row]));
    data.towns.forEach((town, index) => {
      if (town.lat === null || town.lon === null) return;
      const text = make("span", held.has(index) ? "map-town" : "map-town is-quiet", town.name);
      const place = { lat: town.lat, lng: town.lon };
      this.add(place, "pools", make("div", held.has(index) ? "map-pool" : "map-pool is-quiet"));
      this.add(place, "towns", text);
      this.labels.push({ text, ...place, width: 0, height: 0 });
    });
    // Where not all find room, the towns that have places come first.
    this.labels.sort((a, b) => Number(a.text.matches(".is-quiet")) - Number(b.text.matches(".is-quiet")));
  }

  private add(place: { lat: number; lng: number }, pane: string, html: HTMLElement): void {
    const icon = new DivIcon({ className: "map-pin", html, iconSize: [0, 0] });
    const marker = new Marker(place, { icon, pane, interactive: false, keyboard: false }).addTo(this.map);
    marker.getElement()!.setAttribute("aria-hidden", "true"); // the marks' own names say the town
  }

  /** Type has changed its size. */
  measureAgain(): void {
    for (const label of this.labels) label.width = 0;
  }

  /** Finds every name its place among these marks and the controls, and gives all boxes that are taken then. */
  place(entries: MapMark[], controls: Box[]): Box[] {
    const marks = entries.map((entry) => {
      const { x, y } = this.map.latLngToContainerPoint(entry);
      return { x, y, radius: this.sizes.of(entry) / 2 };
    });
    const size = this.map.getSize();
    const taken: Box[] = [...controls];
    for (const mark of marks) taken.push([mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius]);
    for (const label of this.labels) {
      // Measured once: type does not change with the zoom, and `measureAgain` is called when it does.
      if (!label.width) [label.width, label.height] = [label.text.offsetWidth, label.text.offsetHeight];
      const at = this.map.latLngToContainerPoint(label);
      // The nearest mark is the town's own; beside any other the name would be read as that one's.
      const away = (mark: { x: number; y: number }): number => Math.hypot(mark.x - at.x, mark.y - at.y);
      const covering = marks.filter((mark) => away(mark) < mark.radius + label.height);
      const nearest = covering.sort((a, b) => away(a) - away(b))[0];
      const spots = nearest ? around(nearest, label, at.x) : [[at.x, at.y] as const];
      const spot = spots.find(([x, y]) => fits(box(x, y, label), taken, size.x, size.y));
      label.text.style.visibility = spot ? "" : "hidden";
      if (!spot) continue;
      taken.push(box(spot[0], spot[1], label));
      label.text.style.transform = `translate(-50%,-50%) translate(${Math.round(spot[0] - at.x)}px,${Math.round(spot[1] - at.y)}px)`;
    }
    return taken;
  }
}

/** Below, above, right, left of a flower; where the town lies clearly to one side of it, that side first. */
function around(mark: { x: number; y: number; radius: number }, label: Label, town: number): (readonly [number, number])[] {
  const down = mark.radius + GAP + label.height / 2;
  const aside = mark.radius + GAP + label.width / 2;
  const [below, above] = [[mark.x, mark.y + down], [mark.x, mark.y - down]] as const;
  const [right, left] = [[mark.x + aside, mark.y], [mark.x - aside, mark.y]] as const;
  if (town > mark.x + mark.radius / 4) return [right, below, above];
  if (town < mark.x - mark.radius / 4) return [left, below, above];
  return [below, above, right, left];
}

function box(x: number, y: number, { width, height }: Label): Box {
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
}

function fits([left, top, right, bottom]: Box, taken: Box[], width: number, height: number): boolean {
  // Outside the view nobody sees it, but it must not hang over the edge.
  if (left < GAP || top < GAP || right > width - GAP || bottom > height - GAP) return false;
  return !taken.some((other) => left < other[2] && right > other[0] && top < other[3] && bottom > other[1]);
}
