// The screen in one of its languages: made when it is first asked for, and kept. All of them are of the same make, and only one
// stands in the page.

import { refresh } from "../schedule/opening-state";
import { tellAge } from "./attract/night";
import type { App } from "./core/app";
import type { World } from "./core/hall";
import type { Host } from "./core/host";
import { put, type Language } from "./core/languages";
import { Router } from "./core/router";
import { Display } from "./display";
import { IdleWarning } from "./idle-warning";
import { SCREENS } from "./screens";

export interface Watchers {
  changed(name: string): void;
  stay(): void;
}

export class Face {
  readonly app: App;
  readonly router: Router;
  readonly display: Display;
  readonly warning: IdleWarning;

  /** Its language is the page's already. */
  constructor(readonly language: Language, readonly world: World, host: Host, watchers: Watchers) {
    this.app = { world, host } as App;
    this.router = this.app.router = new Router(SCREENS.map(([name, make]) => make(this.app, screen(name))), screen);
    this.display = new Display(() => this.router.again());
    this.warning = new IdleWarning(screen("question"), () => watchers.stay());
    this.router.onChange((name) => watchers.changed(name));
  }

  get id(): string {
    return this.language.id;
  }

  /** Lets go of what is shown, so that nothing of it goes on behind the other language. */
  leave(): void {
    this.warning.close();
    this.display.quiet();
    this.router.leave();
  }

  /** Takes the page. What the clock says of it is said anew. */
  enter(): void {
    put(this.language);
    this.display.show();
    tellAge();
    refresh(document);
  }
}

export function screen(name: string): HTMLElement {
  return document.querySelector<HTMLElement>(`[data-screen="${name}"]`)!;
}
