// The kiosk: puts the screens together, and does what every touch, every message and every minute asks for.

import "../places";
import { keepStates, refresh } from "../opening";
import type { App } from "./app";
import { Attract } from "./attract";
import { check } from "./checking";
import { Display } from "./display";
import { loadFonts } from "./fonts";
import { loadWorld, release, type World } from "./hall";
import { Host } from "./host";
import { lockDown } from "./lockdown";
import { showPresses } from "./feedback";
import { Router } from "./router";
import { SCREENS } from "./screens";
import { Session } from "./session";
import { startStaff } from "./staff";
import { Question } from "./question";
import { watch } from "./watch";

const TOUCHES = [
  "pointerdown", "pointermove", "touchstart", "touchmove", "mousedown", "wheel", "scroll", "keydown", "input", "compositionstart",
  "compositionupdate",
];
const HOME = "home";

function start(world: World): void {
  const elements = (name: string): HTMLElement => document.querySelector<HTMLElement>(`[data-screen="${name}"]`)!;
  const session: Session = new Session({
    begin: () => begin(),
    warn: (left) => question.ask(left),
    stay: () => question.close(),
    end: () => end(),
  }, () => display.isLarge);
  const host = new Host({
    reset: () => session.end(),
    pause: () => session.pause(),
    resume: () => session.resume(),
    go: (id) => visit(id),
    check: () => check((script, style, csp) => host.checked(script, style, csp)),
  }, () => session.phase);
  const screens = SCREENS.map(([, make]) => make);
  const app: App = { world, host, router: undefined as unknown as Router };
  app.router = new Router(SCREENS.map(([name], at) => screens[at]!(app, elements(name))), elements);
  const { router } = app;
  const display = new Display(() => router.again());
  const attract = new Attract(world, elements("attract"));
  const question = new Question(elements("question"), () => session.stay());

  function begin(): void {
    host.count("sessions");
    attract.stop();
    router.start(HOME);
  }

  /** Everything the visitor did is forgotten. */
  function end(): void {
    question.close();
    display.reset();
    router.start(HOME);
    forget();
    host.count("resets");
    host.idle();
    attract.start();
  }

  function visit(id: string): void {
    if (world.places.id.indexOf(id) < 0) return;
    session.touched();
    router.go("position", id);
  }

  router.onChange((name) => {
    document.documentElement.dataset.at = name;
    document.querySelector<HTMLButtonElement>("[data-back]")!.disabled = !router.canGoBack;
    document.querySelectorAll<HTMLElement>(".k-bar [data-go]").forEach((key) => {
      if (key.dataset.go === name) key.setAttribute("aria-current", "page");
      else key.removeAttribute("aria-current");
    });
    display.quiet();
    refresh(elements(name));
    if (session.phase !== "attract") host.count(`screens.${name}`);
  });
  document.addEventListener("click", (event) => {
    const key = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-go], [data-home], [data-back]") : null;
    if (!key) return;
    if ("home" in key.dataset) router.start(HOME);
    else if ("back" in key.dataset) router.back();
    else router.follow(key.dataset.go || "");
  });
  for (const name of TOUCHES) {
    document.addEventListener(name, (event) => {
      if (!event.isTrusted && event.type === "scroll") return;
      if (name === "pointermove" && (event as PointerEvent).pointerType === "mouse" && session.phase === "attract") return;
      host.activity();
      session.touched();
    }, { capture: true, passive: true });
  }
  document.addEventListener("visibilitychange", () => session.tick());
  watch((code) => {
    host.error(code);
    session.end();
  });
  lockDown();
  showPresses();
  keepStates();
  startStaff(app);
  router.start(HOME);
  attract.start();
  const { id, built } = release();
  host.ready(id, built);
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

void loadFonts(); // text stands in the system's letters until they are there
loadWorld().then(start).catch((why: Error) => {
  parent.postMessage({ src: "hthh", v: 1, type: "error", code: "data" }, "*");
  console.warn(why.message);
});
