// Wheel and keys. The page must stay scrollable past the map, and nobody may be caught in it.

import { make } from "../../core/dom";
import { stop } from "../core/leaflet";

const PAN: { [key: string]: [number, number] } = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
};
const STEP = 96;

/** The wheel zooms only after a click or focus inside, or with Ctrl (a trackpad's pinch comes as that); else the page scrolls. */
export function guardWheel(stage: HTMLElement, text: string): void {
  let entered = false;
  let hiding = 0;
  const hint = make("p", "map-hint", text);
  hint.setAttribute("aria-hidden", "true"); // of no use without a wheel
  stage.appendChild(hint);
  stage.addEventListener("mousedown", () => (entered = true), true);
  stage.addEventListener("focusin", () => (entered = true));
  stage.addEventListener("mouseleave", () => (entered = false));
  stage.addEventListener("focusout", (event) => {
    if (!stage.contains(event.relatedTarget as Node | null)) entered = false;
  });
  // Capturing, so that Leaflet further in never sees the wheel that is meant for the page.
  stage.addEventListener("wheel", (event) => {
    if (entered || event.ctrlKey || event.metaKey) return;
    event.stopPropagation();
    hint.classList.add("is-shown");
    clearTimeout(hiding);
    hiding = window.setTimeout(() => hint.classList.remove("is-shown"), 1200);
  }, true);
}

export interface Actions {
  move(x: number, y: number): void;
  zoom(by: number): void;
  showAll(): void;
  /** False where there was nothing to close. */
  escape(): boolean;
}

/** Arrows move, + and - zoom, 0 and Home show everything, Escape closes; whichever part of the map has the focus. */
export function listenToKeys(stage: HTMLElement, actions: Actions): void {
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const { key } = event;
    if (key === "Escape" || key === "Esc") return void (actions.escape() && stop(event));
    if ((event.target as Element).closest(".map-popup")) return; // there the arrows scroll
    const pan = PAN[key];
    if (pan) actions.move(pan[0] * STEP, pan[1] * STEP);
    else if (key === "+" || key === "=") actions.zoom(1);
    else if (key === "-") actions.zoom(-1);
    else if (key === "0" || key === "Home") actions.showAll();
    else return;
    stop(event);
  });
}
