// The sheet behind the number: what this screen is, what was counted, and the counts as QR codes to carry away.

import { make } from "../../core/dom";
import { fill, say } from "../../core/words";
import type { Days } from "../../launcher/protocol";
import { today } from "../../schedule/clock";
import type { App } from "../core/app";
import { kiosk, release } from "../core/hall";
import { code } from "../widgets/qr";
import { cleaned, exported, namesOf, sum } from "./counters";

const LEAVES_MS = 60_000;
const ANSWER_MS = 3_000;
const MOST = 700; // bytes to a code: version 20, which a phone reads from a screen at arm's length
const STRETCHES = [7, 30, 90];

export class StaffSheet {
  private readonly element = document.querySelector<HTMLElement>('[data-screen="staff"]')!;
  private readonly since = Date.now();
  private leaving = 0;
  private parts: string[] = [];
  private part = 0;

  constructor(private readonly app: App) {
    this.element.querySelector("[data-close]")!.addEventListener("click", () => this.close());
    this.on("back").addEventListener("click", () => this.turn(-1));
    this.on("on").addEventListener("click", () => this.turn(1));
    this.element.addEventListener("pointerdown", () => this.stay());
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.close());
  }

  open(): void {
    this.tellFacts();
    this.element.hidden = false;
    this.stay();
    this.show(null, say("kiosk.staffReading"));
    const silent = new Promise<null>((done) => setTimeout(() => done(null), ANSWER_MS));
    void Promise.race([this.app.host.counts(), silent]).then((days) => {
      if (this.element.hidden) return;
      if (days) this.show(cleaned(days), say("kiosk.staffNothing"));
      else this.show(null, say("kiosk.staffNone"));
    });
  }

  close(): void {
    clearTimeout(this.leaving);
    this.element.hidden = true;
    this.parts = [];
  }

  private stay(): void {
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => this.close(), LEAVES_MS) as unknown as number;
  }

  private tellFacts(): void {
    const { hall } = kiosk();
    const { id, built } = release();
    const minutes = Math.max(0, Math.floor((Date.now() - this.since) / 60_000));
    const facts: { [name: string]: string } = {
      kiosk: `${hall.title} ${hall.id}`,
      release: id,
      built,
      uptime: say("kiosk.staffHours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 }),
      screen: `${innerWidth} × ${innerHeight}`,
    };
    for (const name of Object.keys(facts)) this.element.querySelector(`[data-fact="${name}"]`)!.textContent = facts[name]!;
  }

  /** The counts; or why there are none. */
  private show(days: Days | null, instead: string): void {
    const names = days ? namesOf(days) : [];
    const none = this.element.querySelector<HTMLElement>("[data-none]")!;
    none.textContent = names.length ? "" : instead;
    none.hidden = !!names.length;
    this.element.querySelector<HTMLElement>("[data-counts]")!.hidden = !names.length;
    this.element.querySelector<HTMLElement>("[data-export]")!.hidden = !names.length;
    const body = this.element.querySelector("tbody")!;
    body.textContent = "";
    for (const name of names) body.appendChild(row(days!, name, today()));
    this.parts = names.length ? exported(days!, `${kiosk().hall.id} ${release().id}`, MOST) : [];
    this.part = 0;
    this.turn(0);
  }

  private turn(by: number): void {
    const count = this.parts.length;
    this.part = Math.max(0, Math.min(count - 1, this.part + by));
    this.on("back").hidden = this.on("on").hidden = count < 2;
    this.on("back").disabled = this.part <= 0;
    this.on("on").disabled = this.part >= count - 1;
    const values = { number: this.part + 1, count };
    this.element.querySelector("[data-parts]")!.textContent = count > 1 ? say("kiosk.staffPart", values) : "";
    const place = this.element.querySelector("[data-code]")!;
    place.textContent = "";
    const text = this.parts[this.part];
    this.element.querySelector("[data-text]")!.textContent = text || "";
    if (!text) return;
    place.appendChild(code(text)).setAttribute("aria-label", say("kiosk.staffCode", values));
  }

  private on(way: string): HTMLButtonElement {
    return this.element.querySelector<HTMLButtonElement>(`[data-part="${way}"]`)!;
  }
}

function row(days: Days, name: string, day: number): HTMLElement {
  const line = make("tr", "");
  line.appendChild(make("th", "", nameText(name))).scope = "row";
  for (const last of STRETCHES) line.appendChild(make("td", "", String(sum(days, name, day, last))));
  return line;
}

const NAMES: { [name: string]: () => string } = {
  sessions: () => say("kiosk.counted.sessions"),
  resets: () => say("kiosk.counted.resets"),
  errors: () => say("kiosk.counted.errors"),
  "no-result": () => say("kiosk.counted.noResult"),
  qr: () => say("kiosk.counted.qr"),
  home: () => say("kiosk.counted.home"),
  search: () => say("kiosk.counted.search"),
  list: () => say("kiosk.counted.list"),
  need: () => say("kiosk.counted.need"),
  map: () => say("kiosk.counted.map"),
  position: () => say("kiosk.counted.position"),
  brands: () => say("kiosk.counted.brands"),
  brand: () => say("kiosk.counted.brand"),
  today: () => say("kiosk.counted.today"),
  about: () => say("kiosk.counted.about"),
};

/** In words; a screen of another release by its own name. */
function nameText(name: string): string {
  const screen = name.replace(/^screens\./, "");
  const known = Object.prototype.hasOwnProperty.call(NAMES, screen) ? NAMES[screen]!() : screen;
  return screen === name ? known : fill(say("kiosk.counted.screens"), { screen: known });
}
