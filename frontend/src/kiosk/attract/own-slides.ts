// The hall's own slides: notices, posters, films without sound. A picture or a film is brought before its turn; what is not there
// then, cannot be shown here or breaks off is passed over, and nobody ever looks at an empty or black screen.

import { reducedMotion } from "../../core/dom";
import { isOld, nowInZone } from "../../schedule/clock";
import type { Host } from "../core/host";
import { showPhotos } from "../core/photos";
import { holdsAt } from "./slide-times";

const LEAST_MS = 8_000; // a slide stands, however short its film
const SLACK_MS = 3_000; // a film may be late to begin
const FADE_MS = 600; // as in attract.css

export class OwnSlides {
  private readonly broken = new Set<HTMLElement>(); // their films: no such pictures can be shown here
  private bringing: HTMLElement | null = null; // whose film is on its way, or there
  private isThere = false;
  private address = "";
  private since = 0; // when the slide that is shown came
  private turn = 0;

  constructor(private readonly host: Host, private readonly slides: readonly HTMLElement[]) {}

  /** Whether it is its time, and all that it shows is there. */
  isReady(slide: HTMLElement): boolean {
    if (!isTime(slide)) return false;
    if (this.films(slide)) return this.bringing === slide && this.isThere;
    const photo = slide.querySelector("img");
    return (!!photo && !photo.hidden) || !!slide.querySelector(".a-say");
  }

  /** How long it stands, in milliseconds; a film that plays to its end says so before. */
  time(slide: HTMLElement): number {
    const film = this.films(slide);
    if (film) return Math.max(LEAST_MS, Number(film.dataset["length"]) * 1000 + SLACK_MS);
    return Math.max(LEAST_MS, Number(slide.dataset["seconds"]) * 1000);
  }

  /** A slide has come, any one: plays its film, and brings what comes next. `over`: it has nothing more to show. */
  shown(slide: HTMLElement, over: () => void): void {
    this.since = Date.now();
    if (this.bringing && this.bringing !== slide && filmOf(this.bringing)!.dataset["played"]) this.let(FADE_MS);
    if (this.films(slide)) this.play(slide, over);
    this.bring();
  }

  /** Asks for what comes next. */
  bring(): void {
    for (const slide of this.slides) if (isTime(slide)) showPhotos(slide, this.host);
    if (this.bringing && isTime(this.bringing)) return;
    this.let(0);
    const due = this.slides.filter((slide) => this.films(slide) && isTime(slide));
    if (!due.length) return;
    const slide = (this.bringing = due[this.turn++ % due.length]!);
    void this.host.part(filmOf(slide)!.dataset["film"]!).then((text) => {
      if (this.bringing === slide && !this.address) this.load(slide, text);
    });
  }

  /** Somebody has come: nothing plays behind what they look at. */
  rest(): void {
    this.let(0);
  }

  private films(slide: HTMLElement): HTMLVideoElement | null {
    return reducedMotion() || !this.host.brings || this.broken.has(slide) ? null : filmOf(slide);
  }

  private load(slide: HTMLElement, text: string | null): void {
    const film = text && filmIn(text);
    if (!film) {
      this.bringing = null; // it is asked for again
      return;
    }
    const video = filmOf(slide)!;
    video.muted = true; // else none may play without a finger
    video.onerror = () => this.fail(slide);
    video.oncanplay = () => (this.isThere = true);
    video.src = this.address = URL.createObjectURL(film);
    video.load();
  }

  private play(slide: HTMLElement, over: () => void): void {
    const video = filmOf(slide)!;
    video.dataset["played"] = "true";
    video.hidden = false;
    const end = (): void => {
      if (this.bringing === slide && Date.now() - this.since >= LEAST_MS) over(); // a short one stands still on its last picture
    };
    const fail = (): void => {
      if (this.bringing !== slide) return;
      this.fail(slide);
      over();
    };
    video.onended = end;
    video.onerror = fail;
    void Promise.resolve(video.play()).catch(fail);
  }

  private fail(slide: HTMLElement): void {
    this.broken.add(slide);
    this.let(0);
  }

  /** Gives back what a film takes, once it is out of sight. */
  private let(after: number): void {
    const { bringing, address } = this;
    [this.bringing, this.isThere, this.address] = [null, false, ""];
    if (!bringing) return;
    const video = filmOf(bringing)!;
    video.onerror = video.oncanplay = video.onended = null;
    video.pause();
    delete video.dataset["played"];
    const clear = (): void => {
      if (this.bringing === bringing) return; // it is its turn again
      video.hidden = true;
      video.removeAttribute("src");
      video.load();
    };
    const free = (): void => {
      clear();
      if (address) URL.revokeObjectURL(address);
    };
    if (after) setTimeout(free, after);
    else free();
  }
}

function filmOf(slide: HTMLElement): HTMLVideoElement | null {
  return slide.querySelector("video");
}

/** On days and at hours only by a clock that is within 400 days of the data. */
function isTime(slide: HTMLElement): boolean {
  return holdsAt(slide.dataset, isOld() ? null : nowInZone());
}

/** The film in a part of the release; null for anything else. */
function filmIn(text: string): Blob | null {
  const told = /^data:(video\/(?:mp4|webm));base64,/.exec(text);
  if (!told) return null;
  const letters = atob(text.slice(told[0].length));
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at);
  return new Blob([bytes], { type: told[1]! });
}
