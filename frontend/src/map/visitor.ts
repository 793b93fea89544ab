// The visitor on the map: the spot where they are, and the spot they choose where their phone may not tell.

import { button, make } from "../core/dom";
import { DivIcon, LeafletMap, Marker, stop } from "./core/leaflet";
import type { Words } from "./core/words";

type LatLng = { lat: number; lng: number };

export class Visitor {
  private marker: Marker | null = null;
  private choosing: ((at: LatLng | null) => void) | null = null;
  private readonly bar: HTMLElement;

  constructor(
    private readonly map: LeafletMap,
    private readonly stage: HTMLElement,
    private readonly words: Words,
  ) {
    map.createPane("self").style.zIndex = "690"; // above the flowers, which can be tapped through it
    this.bar = make("div", "map-choose");
    this.bar.appendChild(make("p", "", words.choose));
    for (const [name, at] of [[words.chooseMiddle, () => map.getCenter()], [words.chooseCancel, () => null]] as const) {
      const key = button("map-text-key", name, () => this.pick(at()));
      key.textContent = name;
      this.bar.appendChild(key);
    }
    map.on("click", (event) => this.pick((event as unknown as { latlng: LatLng }).latlng));
    document.addEventListener("keydown", (event) => {
      if (!this.choosing || (event.key !== "Escape" && event.key !== "Esc")) return;
      stop(event);
      this.pick(null);
    }, true);
  }

  /** The next tap on the ground; null when the visitor thinks better of it. The keyboard takes the middle of the map. */
  choose(): Promise<LatLng | null> {
    this.pick(null);
    this.stage.appendChild(this.bar);
    this.stage.classList.add("is-choosing");
    this.bar.querySelector<HTMLElement>("button")!.focus({ preventScroll: true });
    return new Promise((done) => (this.choosing = done));
  }

  get isChoosing(): boolean {
    return this.choosing !== null;
  }

  show(at: LatLng | null): void {
    if (this.marker) this.marker.remove();
    this.marker = null;
    if (!at) return;
    const spot = make("div", "map-self");
    spot.setAttribute("role", "img");
    spot.setAttribute("aria-label", this.words.self);
    spot.appendChild(make("span", "map-self-name", this.words.self));
    const icon = new DivIcon({ className: "map-pin", html: spot, iconSize: [0, 0] });
    this.marker = new Marker(at, { icon, pane: "self", interactive: false, keyboard: false }).addTo(this.map);
  }

  /** Ends the choosing; where nothing is being chosen it does nothing. */
  pick(at: LatLng | null): void {
    const done = this.choosing;
    if (!done) return;
    this.choosing = null;
    this.bar.remove();
    this.stage.classList.remove("is-choosing");
    done(at);
  }
}
