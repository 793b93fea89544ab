// Draws the base on a canvas, in the colours of the page.

import { AREA, GREEN, LANDMARKS, LINE, RAILS, ROADS, STATIONS, WATER, type Group, type Piece } from "./tile";

/** A window on the map: where its left upper corner lies, in pixels of a world of `scale` pixels; what it measures. */
export interface View {
  x: number;
  y: number;
  scale: number;
  width: number;
  height: number;
}

export interface Colours {
  water: string;
  green: string;
  road: string;
  lane: string;
  rail: string;
  ink: string;
  mute: string;
  paper: string;
}

const AROUND = 12; // pixels beyond the edge from which a thick line or a spot still reaches in
const CLOSE = 13; // the zoom from which on spots are drawn
const ORDER = [[GREEN, AREA], [WATER, AREA], [WATER, LINE], [RAILS, LINE], [ROADS, LINE], [STATIONS, 2], [LANDMARKS, 2]] as const;

export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    water: read("base-water"), green: read("base-green"), road: read("base-road"), lane: read("base-lane"), rail: read("base-rail"),
    ink: read("ink"), mute: read("mute"), paper: read("paper"),
  };
}

export function zoomOf(view: View): number {
  return Math.log(view.scale / 256) / Math.LN2;
}

/** Sharp on fine screens. */
export function prepared(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const fine = Math.min(2, window.devicePixelRatio || 1);
  canvas.width = Math.round(width * fine);
  canvas.height = Math.round(height * fine);
  const context = canvas.getContext("2d");
  if (context) context.scale(fine, fine);
  return context;
}

export function paint(context: CanvasRenderingContext2D, groups: readonly Group[], view: View, colours: Colours): void {
  context.lineJoin = context.lineCap = "round";
  for (const [kind, form] of ORDER) {
    const alike = groups.filter((group) => group.kind === kind && group.form === form).sort((a, b) => b.rank - a.rank);
    for (const group of alike) paintGroup(context, group, view, colours);
  }
}

function paintGroup(context: CanvasRenderingContext2D, { kind, form, rank, pieces }: Group, view: View, colours: Colours): void {
  const zoom = zoomOf(view);
  const seen = pieces.filter((piece) => isSeen(piece, view));
  if (!seen.length) return;
  context.beginPath();
  if (form === AREA || form === LINE) for (const piece of seen) trace(context, piece, view);
  if (form === AREA) {
    context.fillStyle = kind === WATER ? colours.water : colours.green;
    context.fill("evenodd");
  } else if (form === LINE) {
    context.strokeStyle = kind === WATER ? colours.water : kind === RAILS ? colours.rail : rank < 2 ? colours.road : colours.lane;
    context.lineWidth = width(kind, rank, zoom);
    context.setLineDash(kind === RAILS ? [6, 4] : []);
    context.stroke();
    context.setLineDash([]);
  } else if (zoom >= CLOSE) {
    for (const { points } of seen) {
      context.moveTo(points[0]! * view.scale - view.x + 4, points[1]! * view.scale - view.y);
      context.arc(points[0]! * view.scale - view.x, points[1]! * view.scale - view.y, kind === STATIONS ? 4 : 2.5, 0, 7);
    }
    context.fillStyle = kind === STATIONS ? colours.rail : colours.mute;
    context.fill();
  }
}

/** Pixels. A lane is a hair until one looks closely. */
function width(kind: number, rank: number, zoom: number): number {
  if (kind === RAILS) return 1.5;
  const at13 = kind === ROADS ? [3.5, 2.5, 1.5, 1][rank] || 1 : 2;
  return Math.max(0.75, Math.min(14, at13 * Math.pow(1.5, zoom - 13)));
}

function isSeen(piece: Piece, { x, y, scale, width: wide, height }: View): boolean {
  return piece.east * scale > x - AROUND && piece.west * scale < x + wide + AROUND && piece.south * scale > y - AROUND && piece.north * scale < y + height + AROUND;
}

function trace(context: CanvasRenderingContext2D, { points }: Piece, { x, y, scale }: View): void {
  context.moveTo(points[0]! * scale - x, points[1]! * scale - y);
  for (let at = 2; at < points.length; at += 2) context.lineTo(points[at]! * scale - x, points[at + 1]! * scale - y);
}
