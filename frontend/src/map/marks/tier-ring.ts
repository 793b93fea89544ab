// The tiers of a cluster as a ring around its number. Each tier has its own colour and its own stroke, so that the ring can be
// told without colours too: a broad band, a narrower one, a row of buds, a broken line, a thin line.

import { make } from "../../core/dom";
import { lookOf } from "../../data/tiers";

const SVG = "http://www.w3.org/2000/svg";
const RADIUS = 30.5; // on a square of 104, as the flowers
const AROUND = 2 * Math.PI * RADIUS;
const GAP = 5; // between two tiers
const LEAST = 7; // one member among thousands is still to be seen

export interface Arc {
  tier: number;
  /** Along the ring, from the top clockwise, in units of the drawing. */
  from: number;
  length: number;
}

/** How the ring is shared out: by number, but nobody gets less than can be seen. One tier alone has all of it. */
export function arcs(tiers: number[]): Arc[] {
  const there = tiers.map((count, tier) => ({ count, tier })).filter(({ count }) => count > 0);
  const total = there.reduce((sum, { count }) => sum + count, 0);
  if (there.length === 1) return [{ tier: there[0]!.tier, from: 0, length: AROUND }];
  const room = AROUND - there.length * (GAP + LEAST);
  let from = GAP / 2;
  return there.map(({ count, tier }) => {
    const length = LEAST + (room * count) / total;
    const arc = { tier, from, length };
    from += length + GAP;
    return arc;
  });
}

/** The number of a cluster, or those of a route's stops, in a flower's heart, ringed by its tiers. */
export function heart(text: string, tiers: number[]): HTMLElement {
  const element = make("span", `map-heart has-${text.length}`);
  const ring = document.createElementNS(SVG, "svg");
  ring.setAttribute("class", "map-ring");
  ring.setAttribute("viewBox", "-52 -52 104 104");
  ring.setAttribute("aria-hidden", "true"); // the button's name says the tiers in words
  ring.setAttribute("focusable", "false");
  for (const arc of arcs(tiers)) ring.appendChild(drawn(arc));
  element.appendChild(ring);
  element.appendChild(make("b", "", text));
  return element;
}

function drawn({ tier, from, length }: Arc): SVGPathElement {
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("class", `is-tier-${lookOf(tier)}`);
  const whole = length >= AROUND;
  path.setAttribute("d", whole ? `M0-${RADIUS}A${RADIUS} ${RADIUS} 0 1 1-.01-${RADIUS}z` : bow(from, from + length));
  return path;
}

function bow(from: number, to: number): string {
  const point = (along: number): string => {
    const angle = (along / AROUND) * 2 * Math.PI;
    return `${(RADIUS * Math.sin(angle)).toFixed(2)} ${(-RADIUS * Math.cos(angle)).toFixed(2)}`;
  };
  return `M${point(from)}A${RADIUS} ${RADIUS} 0 ${to - from > AROUND / 2 ? 1 : 0} 1 ${point(to)}`;
}
