// What the screen shows while nobody is there: one slide after the other, each standing still for most of its time.

import { reducedMotion } from "../../core/dom";
import { isGone } from "../../data/directory";
import { lookOf } from "../../data/tiers";
import { nowInZone } from "../../schedule/clock";
import { showNotices } from "../../schedule/notices";
import { drawFlowerHead, flowerHead } from "../cards/flower-head";
import type { World } from "../core/hall";
import type { Host } from "../core/host";
import { nightOf } from "../core/own-settings";
import { AgendaSlide } from "./agenda-slide";
import { isMirrored, keepMoving } from "./burn-in";
import { isNight, tellAge } from "./night";
import { OwnSlides } from "./own-slides";

const SLIDE_MS = 10_000;
const FADE_MS = 600; // as in attract.css
const LEAVE_MS = 300;

export class Attract {
  private readonly slides: readonly HTMLElement[];
  private readonly brands: readonly HTMLElement[];
  private readonly agenda: AgendaSlide;
  private readonly own: OwnSlides;
  private shown: HTMLElement | null = null;
  private turn = 0;
  private timer = 0;
  private running = false;
  private leaving = 0;

  constructor(private readonly world: World, readonly element: HTMLElement, host: Host) {
    const all = Array.from(element.querySelectorAll<HTMLElement>("[data-slide]"));
    this.brands = all.filter((slide) => slide.dataset.slide === "brand");
    this.slides = all.filter((slide) => slide.dataset.slide !== "brand");
    this.agenda = new AgendaSlide(world, element.querySelector<HTMLElement>('[data-slide="today"]')!);
    this.own = new OwnSlides(host, all.filter((slide) => slide.dataset.slide === "own"));
    drawFlowerHead(element.querySelector("[data-bloom]")!, flowerHead(listedLooks(world)));
    keepMoving();
    tellAge();
    document.addEventListener("visibilitychange", () => this.running && this.keepTurning());
    // The touch that ends it is all used up by that: what lies beneath gets none of it.
    element.addEventListener("click", (event) => event.stopPropagation());
  }

  start(): void {
    clearTimeout(this.leaving);
    this.element.classList.remove("is-leaving");
    this.element.hidden = false;
    this.running = true;
    this.turn = 0;
    this.show(this.slides[0]!);
    this.keepTurning();
  }

  /** Parts of the release can be had now. */
  launched(): void {
    if (this.running) this.own.bring();
  }

  stop(): void {
    this.running = false;
    clearTimeout(this.timer);
    this.own.rest();
    tellAge();
    this.element.classList.add("is-leaving");
    this.leaving = setTimeout(() => (this.element.hidden = true), LEAVE_MS) as unknown as number;
  }

  /** Nothing is drawn that nobody can see. */
  private keepTurning(): void {
    clearTimeout(this.timer);
    if (document.hidden) return;
    this.keepTime();
    const stays = this.shown && isOwn(this.shown) ? this.own.time(this.shown) : SLIDE_MS;
    this.timer = setTimeout(() => this.turnOn(), stays) as unknown as number;
  }

  private turnOn(): void {
    if (!this.running) return;
    this.show(this.next());
    this.keepTurning();
  }

  /** A round goes through all slides once, with one brand in the middle and one at its end; each round brings other brands. */
  private next(): HTMLElement {
    this.turn++;
    const round = this.slides.length + (this.brands.length ? 1 : 0) + (this.brands.length > 1 ? 1 : 0);
    const at = this.turn % round;
    const middle = Math.ceil(this.slides.length / 2);
    if (this.brands.length && (at === middle || at === this.slides.length + 1)) return this.brand();
    const slide = this.slides[at > middle && this.brands.length ? at - 1 : at]!;
    return this.hasWords(slide) ? slide : this.next();
  }

  /** Whether a slide has something to say at this moment. */
  private hasWords(slide: HTMLElement): boolean {
    if (isOwn(slide)) return this.own.isReady(slide);
    if (slide.dataset.slide === "notices") return showNotices(slide) > 0;
    return slide.dataset.slide !== "today" || this.agenda.fill();
  }

  private brand(): HTMLElement {
    return this.brands[this.brandAt++ % this.brands.length]!;
  }
  private brandAt = 0;

  private show(slide: HTMLElement): void {
    const last = this.shown;
    if (last === slide) return;
    this.shown = slide;
    slide.hidden = false;
    void slide.offsetWidth; // the fade starts from what was just laid out
    slide.classList.add("is-on");
    this.element.classList.toggle("is-on-colour", slide.dataset.slide === "brand");
    this.own.shown(slide, () => this.shown === slide && this.turnOn());
    if (!last) return;
    last.classList.remove("is-on");
    const away = (): void => {
      if (this.shown !== last) last.hidden = true;
    };
    if (reducedMotion()) away();
    else setTimeout(away, FADE_MS);
  }

  /** What the clock has to do with it: the sides, the night, the age of the data. */
  private keepTime(): void {
    this.element.classList.toggle("is-mirrored", isMirrored(Date.now()));
    const now = nowInZone();
    this.element.querySelector<HTMLElement>("[data-veil]")!.hidden = !now || !isNight(nightOf(this.world.hall), now.minute);
    tellAge();
  }
}

function isOwn(slide: HTMLElement): boolean {
  return slide.dataset.slide === "own";
}

/** How each place is drawn, those of the highest tier first. */
function listedLooks({ places, facts }: World): string[] {
  const gone = (row: number): boolean => isGone(facts.status[row]!);
  return places.tier.filter((_, row) => !gone(row)).sort((one, other) => one - other).map(lookOf);
}
