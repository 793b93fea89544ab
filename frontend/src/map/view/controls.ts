// What floats over the map: zoom and "show all" (nothing needs a drag, WCAG 2.5.7), scale bar, note, how many are in view.

import { button, line, make } from "../../core/dom";
import { fill } from "../../core/words";
import { LeafletMap } from "../core/leaflet";
import type { Sizes } from "../core/sizes";
import type { Words } from "../core/words";

export class Controls {
  /** Holds everything that floats; the first children come first in the order of Tab. */
  readonly top = make("div", "map-top");
  readonly bottom = make("div", "map-bottom");
  private readonly buttons: { element: HTMLButtonElement; spent: () => boolean }[] = [];
  private readonly count = make("p", "map-count");
  private readonly scale = make("div", "map-scale");
  private said = 0;

  constructor(
    private readonly map: LeafletMap,
    private readonly words: Words,
    private readonly sizes: Sizes,
    [approval, credit]: [string, string],
    zoom: (by: number) => void,
    showAll: () => void,
  ) {
    this.count.setAttribute("role", "status"); // a polite live region
    const keys = make("div", "map-keys");
    this.add(keys, words.zoomIn, "M12 5V19M5 12H19", () => zoom(1), () => map.getZoom() >= map.getMaxZoom());
    this.add(keys, words.zoomOut, "M5 12H19", () => zoom(-1), () => map.getZoom() <= map.getMinZoom());
    this.add(keys, words.all, "M4 9V4H9M15 4H20V9M20 15V20H15M9 20H4V15", showAll, () => false).classList.add("is-wide");
    this.top.append(this.count, keys);
    const note = approval ? fill(words.approval, { number: approval }) : words.note;
    this.bottom.append(make("p", "map-note", credit ? `${note} ${credit}` : note), this.measures(words));
  }

  /** Brings everything up to date with the view. */
  update(inView: number): void {
    const { words } = this;
    for (const { element, spent } of this.buttons) element.setAttribute("aria-disabled", String(spent()));
    this.measure();
    // A moment later: while somebody keeps zooming, a screen reader should not read out every step.
    clearTimeout(this.said);
    const text = inView ? fill(words.inView, { count: inView }) : words.noneInView;
    const say = (): void => {
      if (this.count.textContent !== text) this.count.textContent = text;
    };
    if (this.count.textContent) this.said = window.setTimeout(say, 300);
    else say();
  }

  /** What a card must keep free at the top and right, in pixels of the map. */
  clear(): { top: number; right: number } {
    const count = this.top.children[0]!.getBoundingClientRect();
    const keys = this.top.children[1]!.getBoundingClientRect();
    const map = this.map.getContainer().getBoundingClientRect();
    return { top: count.bottom - map.top + 8, right: map.right - keys.left + 8 };
  }

  /** Where the controls lie, in pixels of the map, so that no name hides beneath them. */
  boxes(): [number, number, number, number][] {
    const origin = this.map.getContainer().getBoundingClientRect();
    const parts = [...Array.from(this.top.children), ...Array.from(this.bottom.children)];
    return parts.map((part) => {
      const { left, top, right, bottom } = part.getBoundingClientRect();
      return [left - origin.left, top - origin.top, right - origin.left, bottom - origin.top];
    });
  }

  /** Compass and scale bar. */
  private measures(words: Words): HTMLElement {
    const box = make("div", "map-measures");
    box.setAttribute("aria-hidden", "true");
    const north = make("div", "map-north");
    north.appendChild(line("M12 2C17 11 17 16 12 22 7 16 7 11 12 2z"));
    north.appendChild(make("span", "", words.north));
    box.appendChild(north);
    box.appendChild(this.scale);
    return box;
  }

  /** `aria-disabled` and not `disabled`: a button that is disabled under the finger would throw the focus away. */
  private add(to: HTMLElement, name: string, path: string, act: () => void, spent: () => boolean): HTMLButtonElement {
    const element = button("map-key", name, () => spent() || act());
    element.title = name;
    element.appendChild(line(path));
    to.appendChild(element);
    this.buttons.push({ element, spent });
    return element;
  }

  private measure(): void {
    const { map, words } = this;
    const { x, y } = map.getSize();
    const metresPerPixel = map.distance(map.containerPointToLatLng([0, y / 2]), map.containerPointToLatLng([x, y / 2])) / x;
    const metres = roundDown(metresPerPixel * 110 * this.sizes.unit);
    this.scale.style.width = `${Math.round(metres / metresPerPixel)}px`;
    this.scale.textContent = metres < 1000 ? fill(words.metres, { n: metres }) : fill(words.kilometres, { n: metres / 1000 });
  }
}

/** The largest of 1, 2, 5 × 10ⁿ that is not above. */
function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * (value / power >= 5 ? 5 : value / power >= 2 ? 2 : 1);
}
