// The kiosk: puts the screens together, and does what every touch, every message and every minute asks for.

import type { Settings } from "../launcher/staff-news";
import { keepStates, refresh } from "../schedule/opening-state";
import { Attract } from "./attract/attract";
import { keepWall } from "./cards/wall";
import { loadFonts } from "./core/fonts";
import { loadWorld, release, type World } from "./core/hall";
import { Host } from "./core/host";
import { inOther, languageIn, ownLanguage, partOf, put, type Language } from "./core/languages";
import { holdSettings, ownSettings, softenMedia } from "./core/own-settings";
import { Face, screen } from "./face";
import { digestOwnParts } from "./integrity";
import { lockDown } from "./lockdown";
import { showPresses } from "./press-feedback";
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
  private readonly faces = new Map<string, Face>();
  private readonly first: Face;
  private readonly attracts = new Map<Face, Attract>();
  private rest: Face; // what is shown while nobody is there; staff may choose another than the first
  private face: Face;
  private wanted = "";

  constructor(world: World) {
    this.session = new Session({
      begin: () => this.begin(),
      warn: (left) => this.face.warning.ask(left),
      stay: () => this.face.warning.close(),
      end: () => this.end(),
    }, () => this.face.display.isLarge);
    this.host = new Host({
      reset: () => this.session.end(),
      pause: () => this.session.pause(),
      resume: () => this.session.resume(),
      go: (id) => this.visit(id),
      launched: (settings) => {
        document.documentElement.dataset.launched = ""; // kiosk.css: languages can be brought
        this.hold(settings);
        this.attract.launched();
      },
      check: () => digestOwnParts((script, style, csp) => this.host.checked(script, style, csp)),
    }, () => this.session.phase);
    this.face = this.first = this.rest = this.made(ownLanguage(), world);
    this.listen();
    startStaff(this.first.app, () => this.back(), (settings) => this.hold(settings));
    this.face.router.start(HOME);
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
    this.face.router.start(HOME);
  }

  /** Everything the visitor did is forgotten. */
  private end(): void {
    this.wanted = "";
    this.face.display.reset();
    if (this.face !== this.rest) {
      this.face.leave();
      this.take(this.rest);
    }
    this.face.warning.close();
    this.face.display.quiet();
    this.face.router.start(HOME);
    forget();
    this.host.count("resets");
    this.host.idle();
    this.attract.start();
    void this.settle();
  }

  private get attract(): Attract {
    const known = this.attracts.get(this.rest);
    if (known) return known;
    const made = new Attract(this.rest.world, this.rest.language.attract, this.host);
    this.attracts.set(this.rest, made);
    return made;
  }

  /** What staff set at this screen holds from now on. */
  private hold(settings: Settings): void {
    holdSettings(settings);
    void this.settle();
  }

  /** Takes the language that is meant for when nobody is there. A hall that does not speak it goes on in its own. */
  private async settle(): Promise<void> {
    const id = ownSettings().language || this.first.id;
    const text = this.faces.has(id) ? null : await this.host.part(partOf(id));
    if (this.session.phase !== "attract" || id === this.rest.id) return; // somebody has come: once they are gone
    if (text) await this.learn(languageIn(text, id, this.first.language));
    const face = this.faces.get(id);
    if (!face) return;
    this.attract.stop();
    this.attract.element.remove();
    this.goOn(face);
    this.rest = face;
    this.take(face);
    face.router.start(HOME);
    forget();
    this.attract.start();
    this.attract.launched(); // only a launcher's settings lead here
  }

  private visit(id: string): void {
    if (this.first.world.places.id.indexOf(id) < 0 || this.session.phase === "paused") return;
    this.session.touched();
    this.face.router.go("position", id);
  }

  private made(language: Language, world: World): Face {
    const face = new Face(language, world, this.host, { changed: (name) => this.changed(name), stay: () => this.session.stay() });
    this.faces.set(face.id, face);
    return face;
  }

  /** In the language that a visitor wants, on the same screen. What is brought for it comes once. */
  private speak(id: string): void {
    const known = this.faces.get(id);
    this.wanted = known ? "" : id;
    if (known) this.goOn(known);
    else void this.host.part(partOf(id)).then((text) => this.brought(id, text));
  }

  private async brought(id: string, text: string | null): Promise<void> {
    if (this.wanted !== id) return; // they have gone, or want another one by now
    this.wanted = "";
    if (text) await this.learn(languageIn(text, id, this.first.language));
    else this.host.error("data");
  }

  private async learn(language: Language): Promise<void> {
    this.face.leave();
    put(language); // its screens are made in the page, and of its data
    const world = await loadWorld(); // all is there: nothing comes between
    void loadFonts(language.characters);
    this.show(this.made(language, world));
  }

  private goOn(face: Face): void {
    if (face === this.face) return;
    this.face.leave();
    this.show(face);
  }

  /** The same screen and the same place, with the key that leads back where the finger is. */
  private show(face: Face): void {
    const before = this.face;
    this.take(face);
    face.router.follows(before.router, (what) => inOther(what, before.world, face.world));
    const key = face.language.element.querySelector<HTMLElement>(`[data-language="${before.id}"]`);
    if (key) key.focus({ preventScroll: true });
  }

  /** To the hall's own language. */
  private back(): void {
    this.wanted = "";
    this.goOn(this.first);
  }

  private take(face: Face): void {
    this.face = face;
    face.enter();
    const own = this.attract.element; // in a language of its own: its texts are let alone meanwhile
    if (face !== this.rest) own.remove();
    else if (!own.isConnected) document.body.appendChild(own);
  }

  private listen(): void {
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
    softenMedia();
    showPresses();
    keepStates();
    keepWall(() => this.face.router.again());
  }

  private touched(event: Event): void {
    if (this.session.phase === "attract" && isNobody(event)) return;
    this.host.activity();
    this.session.touched();
  }

  private follow(target: EventTarget | null): void {
    const key = target instanceof Element ? target.closest<HTMLElement>("[data-go], [data-home], [data-back], [data-language]") : null;
    if (!key) return;
    const { router } = this.face;
    if ("home" in key.dataset) router.start(HOME);
    else if ("back" in key.dataset) router.back();
    else if ("language" in key.dataset) this.speak(key.dataset.language!);
    else router.follow(key.dataset.go || "");
  }

  private changed(name: string): void {
    document.querySelector<HTMLButtonElement>("[data-back]")!.disabled = !this.face.router.canGoBack;
    document.querySelectorAll<HTMLElement>(".k-bar [data-go]").forEach((key) => {
      if (key.dataset.go === name) key.setAttribute("aria-current", "page");
      else key.removeAttribute("aria-current");
    });
    this.face.display.quiet();
    refresh(screen(name));
    if (this.session.phase !== "attract") this.host.count(`screens.${name}`);
  }
}

/** A mouse that is pushed past, or a text that moved because it was changed, does not begin a visit; a finger does. */
function isNobody(event: Event): boolean {
  return event.type === "scroll" || (event.type === "pointermove" && (event as PointerEvent).pointerType === "mouse");
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
