// The names of stations, landmarks and main roads in a view: each once, and none over another or over what is taken already.

import type { Colours, View } from "./paint";
import { zoomOf } from "./paint";
import { LANDMARKS, ROADS, STATIONS, type Group, type Piece } from "./tile";

export type Box = [left: number, top: number, right: number, bottom: number];

type Stretch = [x0: number, y0: number, x1: number, y1: number];

interface Label {
  name: string;
  x: number;
  y: number;
  /** Of a road, by which it is turned. */
  angle: number;
  isMain: boolean;
}

const FROM: { [kind: number]: number } = { [STATIONS]: 13, [LANDMARKS]: 15, [ROADS]: 14 }; // zooms; lower roads one later
const GAP = 5; // pixels between a spot and its name

export function writeNames(context: CanvasRenderingContext2D, groups: readonly Group[], view: View, colours: Colours, taken: Box[], size: number): void {
  const written = new Set<string>();
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const label of labelsIn(groups, view, size)) {
    if (written.has(label.name)) continue;
    context.font = `${label.isMain ? 600 : 400} ${size}px ${getComputedStyle(document.body).fontFamily}`;
    const box = boxOf(label, context.measureText(label.name).width, size);
    if (box[0] < 2 || box[1] < 2 || box[2] > view.width - 2 || box[3] > view.height - 2 || taken.some((other) => meet(box, other))) continue;
    taken.push(box);
    written.add(label.name);
    context.save();
    context.translate(label.x, label.y);
    context.rotate(label.angle);
    context.strokeStyle = colours.paper;
    context.lineWidth = 3.5;
    context.strokeText(label.name, 0, 0);
    context.fillStyle = label.isMain ? colours.ink : colours.mute;
    context.fillText(label.name, 0, 0);
    context.restore();
  }
}

/** What may be written, the most useful first. */
function labelsIn(groups: readonly Group[], view: View, size: number): Label[] {
  const zoom = zoomOf(view);
  const labels: Label[] = [];
  for (const wanted of [STATIONS, ROADS, LANDMARKS]) {
    const alike = groups.filter(({ kind, rank }) => kind === wanted && zoom >= FROM[wanted]! + rank).sort((a, b) => a.rank - b.rank);
    for (const { kind, rank, pieces } of alike) {
      for (const piece of pieces) {
        if (!piece.name) continue;
        const label = kind === ROADS ? alongRoad(piece, view, widthOf(piece.name) * size) : atSpot(piece, view, size);
        if (label) labels.push({ ...label, isMain: kind === STATIONS || (kind === ROADS && rank === 0) });
      }
    }
  }
  return labels;
}

/** About how wide it is written, in its own sizes. */
function widthOf(name: string): number {
  return name.length - 0.45 * name.replace(/[\u3400-\u9fff]/g, "").length;
}

function atSpot({ name, points }: Piece, { x, y, scale }: View, size: number): Omit<Label, "isMain"> {
  return { name, x: points[0]! * scale - x, y: points[1]! * scale - y + GAP + size / 2, angle: 0 };
}

/** On the longest stretch of a road, of what the view shows of it, that holds its name. */
function alongRoad({ name, points }: Piece, { x, y, scale, width, height }: View, length: number): Omit<Label, "isMain"> | null {
  let best: Omit<Label, "isMain"> | null = null;
  let longest = length * 0.8;
  for (let at = 2; at < points.length; at += 2) {
    const seen = within([points[at - 2]! * scale - x, points[at - 1]! * scale - y, points[at]! * scale - x, points[at + 1]! * scale - y], width, height);
    if (!seen) continue;
    const [x0, y0, x1, y1] = seen;
    const away = Math.hypot(x1 - x0, y1 - y0);
    if (away <= longest) continue;
    longest = away;
    const angle = Math.atan((y1 - y0) / (x1 - x0 || 1e-9)); // never upside down
    best = { name, x: (x0 + x1) / 2, y: (y0 + y1) / 2, angle };
  }
  return best;
}

/** The part of a stretch inside the view; null where none is (Liang and Barsky). */
export function within([x0, y0, x1, y1]: Stretch, width: number, height: number): Stretch | null {
  let [from, to] = [0, 1];
  for (const [step, room] of [[x0 - x1, x0], [x1 - x0, width - x0], [y0 - y1, y0], [y1 - y0, height - y0]] as const) {
    if (!step && room < 0) return null;
    if (step < 0) from = Math.max(from, room / step);
    if (step > 0) to = Math.min(to, room / step);
  }
  return from < to ? [x0 + from * (x1 - x0), y0 + from * (y1 - y0), x0 + to * (x1 - x0), y0 + to * (y1 - y0)] : null;
}

function boxOf({ x, y, angle }: Label, length: number, size: number): Box {
  const [wide, tall] = [Math.abs(Math.cos(angle)) * length + size, Math.abs(Math.sin(angle)) * length + size];
  return [x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2];
}

function meet(one: Box, other: Box): boolean {
  return one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];
}
