// The kiosk: puts the screens together, and does what every touch, every message and every minute asks for.

import { keepStates, refresh } from "../schedule/opening-state";
import { Attract } from "./attract/attract";
import type { App } from "./core/app";
import { loadFonts } from "./core/fonts";
import { loadWorld, release, type World } from "./core/hall";
import { Host } from "./core/host";
import { Router } from "./core/router";
import { Display } from "./display";
import { IdleWarning } from "./idle-warning";
import { digestOwnParts } from "./integrity";
import { lockDown } from "./lockdown";
import { showPresses } from "./press-feedback";
import { SCREENS } from "./screens";
import { Session } from "./session";
import { startStaff } from "./staff/staff-access";
import { watchForErrors } from "./watchdog";

const TOUCHES = [
  "pointerdown", "pointermove", "touchstart", "touchmove", "mousedown", "wheel", "scroll", "keydown", "input", "compositionstart",
  "compositionupdate",
];
const HOME = "home";
const UNPAINTED_MS = 1_000;

class Kiosk {
  private readonly session: Session;
  private readonly host: Host;
  private readonly router: Router;
  private readonly display: Display;
  private readonly attract: Attract;
  private readonly warning: IdleWarning;

  constructor(private readonly world: World) {
    this.session = new Session({
      begin: () => this.begin(),
      warn: (left) => this.warning.ask(left),
      stay: () => this.warning.close(),
      end: () => this.end(),
    }, () => this.display.isLarge);
    this.host = new Host({
      reset: () => this.session.end(),
      pause: () => this.session.pause(),
      resume: () => this.session.resume(),
      go: (id) => this.visit(id),
      check: () => digestOwnParts((script, style, csp) => this.host.checked(script, style, csp)),
    }, () => this.session.phase);
    const app = { world, host: this.host } as App;
    this.router = app.router = new Router(SCREENS.map(([name, make]) => make(app, screen(name))), screen);
    this.display = new Display(() => this.router.again());
    this.attract = new Attract(world, screen("attract"));
    this.warning = new IdleWarning(screen("question"), () => this.session.stay());
    this.listen();
    startStaff(app);
    this.router.start(HOME);
    this.attract.start();
    const { id, built } = release();
    painted(() => {
      document.documentElement.dataset.started = ""; // the text edition is not needed: templates/kiosk/text-edition.js
      this.host.ready(id, built);
    });
  }

  private begin(): void {
    this.host.count("sessions");
    this.attract.stop();
    this.router.start(HOME);
  }

  /** Everything the visitor did is forgotten. */
  private end(): void {
    this.warning.close();
    this.display.reset();
    this.router.start(HOME);
    forget();
    this.host.count("resets");
    this.host.idle();
    this.attract.start();
  }

  private visit(id: string): void {
    if (this.world.places.id.indexOf(id) < 0 || this.session.phase === "paused") return;
    this.session.touched();
    this.router.go("position", id);
  }

  private listen(): void {
    this.router.onChange((name) => this.changed(name));
    document.addEventListener("click", (event) => this.follow(event.target));
    for (const name of TOUCHES) {
      document.addEventListener(name, (event) => this.touched(event), { capture: true, passive: true });
    }
    document.addEventListener("visibilitychange", () => this.session.tick());
    watchForErrors((code) => {
      this.host.error(code);
      this.session.end();
    });
    lockDown();
    showPresses();
    keepStates();
  }

  private touched(event: Event): void {
    if (this.session.phase === "attract" && isNobody(event)) return;
    this.host.activity();
    this.session.touched();
  }

  private follow(target: EventTarget | null): void {
    const key = target instanceof Element ? target.closest<HTMLElement>("[data-go], [data-home], [data-back]") : null;
    if (!key) return;
    if ("home" in key.dataset) this.router.start(HOME);
    else if ("back" in key.dataset) this.router.back();
    else this.router.follow(key.dataset.go || "");
  }

  private changed(name: string): void {
    document.documentElement.dataset.at = name;
    document.querySelector<HTMLButtonElement>("[data-back]")!.disabled = !this.router.canGoBack;
    document.querySelectorAll<HTMLElement>(".k-bar [data-go]").forEach((key) => {
      if (key.dataset.go === name) key.setAttribute("aria-current", "page");
      else key.removeAttribute("aria-current");
    });
    this.display.quiet();
    refresh(screen(name));
    if (this.session.phase !== "attract") this.host.count(`screens.${name}`);
  }
}

/** A mouse that is pushed past, or a text that moved because it was changed, does not begin a visit; a finger does. */
function isNobody(event: Event): boolean {
  return event.type === "scroll" || (event.type === "pointermove" && (event as PointerEvent).pointerType === "mouse");
}

function screen(name: string): HTMLElement {
  return document.querySelector<HTMLElement>(`[data-screen="${name}"]`)!;
}

/** Once the first screen has been painted: what is shown before would be an empty frame. In a window that lies hidden nothing is
 * painted, and nobody waits for it. */
function painted(then: () => void): void {
  let told = false;
  const tell = (): void => {
    if (!told) then();
    told = true;
  };
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(tell)));
  setTimeout(tell, UNPAINTED_MS);
}

/** What a browser would keep of a visitor. */
function forget(): void {
  const selection = getSelection();
  if (selection) selection.removeAllRanges();
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  try {
    sessionStorage.clear();
  } catch {
    // a frame of its own has no storage at all
  }
  if (location.hash) location.replace("#"); // without the sign it would be another page, and load anew
}

export function startKiosk(): void {
  void loadFonts(); // text stands in the system's letters until they are there
  loadWorld().then((world) => new Kiosk(world)).catch((why: Error) => {
    parent.postMessage({ src: "hthh", v: 1, type: "error", code: "data" }, "*");
    console.warn(why.message);
  });
}
