// The base beneath a live map: tiles of the ground that are painted as data come, and names over them.

import { coloursOf, paint, prepared, type Colours, type View } from "./paint";
import { writeNames, type Box } from "./names";
import type { Spot } from "./tile";
import { Tiles, type BaseIndex } from "./tiles";

/** What the base needs of a map. */
export interface Host {
  root: string;
  stage: HTMLElement;
  there(spot: Spot): Spot;
  /** Adds a ground whose tiles are what `tile` makes, and are told of when they go. */
  ground(tile: (x: number, y: number, zoom: number) => HTMLElement, gone: (tile: HTMLElement) => void): void;
  /** What the map shows, and a canvas over all of it where names are written. */
  view(): View;
  names(): HTMLCanvasElement;
}

const SIZE = 256; // pixels of a tile of the ground
const PRINT = 12; // pixels of names, where the page's print is of 16

export class BaseMap {
  private readonly tiles: Tiles;
  private readonly drawn = new Map<HTMLElement, View>();
  private colours: Colours;
  private taken: Box[] = [];

  constructor(private readonly host: Host, index: BaseIndex) {
    this.tiles = new Tiles(host.root, index, (spot) => host.there(spot));
    this.colours = coloursOf(host.stage);
    host.ground((x, y, zoom) => {
      const canvas = document.createElement("canvas");
      canvas.className = "map-base";
      const view = { x: x * SIZE, y: y * SIZE, scale: SIZE * Math.pow(2, zoom), width: SIZE, height: SIZE };
      this.drawn.set(canvas, view);
      this.draw(canvas, view);
      return canvas;
    }, (tile) => this.drawn.delete(tile));
    const again = (): void => {
      this.colours = coloursOf(host.stage);
      this.redraw();
    };
    document.addEventListener("haitang:display", again);
    const night = matchMedia("(prefers-color-scheme: dark)");
    if (night.addEventListener) night.addEventListener("change", again);
  }

  /** After each move. `taken`: boxes of the view in which no name may be written. */
  show(taken: Box[]): void {
    this.taken = taken;
    const wait = this.tiles.bring(this.host.view());
    this.write();
    if (wait) wait.then(() => this.redraw(), (why: unknown) => console.warn(String(why)));
  }

  private redraw(): void {
    this.drawn.forEach((view, canvas) => this.draw(canvas as HTMLCanvasElement, view));
    this.write();
  }

  private draw(canvas: HTMLCanvasElement, view: View): void {
    const groups = this.tiles.groups(view);
    const context = groups.length || canvas.width !== 300 ? prepared(canvas, SIZE, SIZE) : null;
    if (context) paint(context, groups, view, this.colours);
  }

  private write(): void {
    const view = this.host.view();
    const context = prepared(this.host.names(), view.width, view.height);
    const size = PRINT * Math.max(1, parseFloat(getComputedStyle(this.host.stage).fontSize) / 16);
    if (context) writeNames(context, this.tiles.groups(view), view, this.colours, this.taken.slice(), size);
  }
}
