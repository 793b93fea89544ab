// What screens share: the data, the way between screens, the host, and whether the visitor reads large print.

import type { World } from "./hall";
import type { Host } from "./host";
import type { Router, Screen } from "./router";

export interface App {
  world: World;
  router: Router;
  host: Host;
}

/** Makes a screen once, before it is first shown. */
export type ScreenFactory = (app: App, element: HTMLElement) => Screen;
