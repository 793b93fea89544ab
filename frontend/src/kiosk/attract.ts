// What the screen shows while nobody is there.

import type { World } from "./hall";

export class Attract {
  constructor(_world: World, private readonly element: HTMLElement) {}

  start(): void {
    this.element.hidden = false;
  }

  stop(): void {
    this.element.hidden = true;
  }
}
