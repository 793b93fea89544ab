// What was counted, and the counts as QR codes to carry away.

import { make } from "../../core/dom";
import { fill, say } from "../../core/words";
import type { Days } from "../../launcher/protocol";
import { today } from "../../schedule/clock";
import { kiosk, release } from "../core/hall";
import type { Host } from "../core/host";
import { code } from "../widgets/qr";
import { cleaned, exported, namesOf, sum } from "./counters";

const ANSWER_MS = 3_000;
const MOST = 700; // bytes to a code: version 20, which a phone reads from a screen at arm's length
const STRETCHES = [7, 30, 90];

export class CountsPage {
  private readonly body = this.element.querySelector("tbody")!;
  private readonly keys = this.element.querySelector<HTMLElement>("[data-codes]")!;
  private parts: string[] = [];
  private rows: HTMLElement[] = [];
  private most = 1; // rows at once
  private page = 0;

  constructor(private readonly element: HTMLElement, private readonly host: Host) {
    this.on("back").addEventListener("click", () => this.turn(-1));
    this.on("on").addEventListener("click", () => this.turn(1));
  }

  open(): void {
    this.show(null, say("kiosk.staffReading"));
    const silent = new Promise<null>((done) => setTimeout(() => done(null), ANSWER_MS));
    void Promise.race([this.host.counts(), silent]).then((days) => {
      if (days) this.show(cleaned(days), say("kiosk.staffNothing"));
      else this.show(null, say("kiosk.staffNone"));
    });
  }

  /** The counts; or why there are none. */
  private show(days: Days | null, instead: string): void {
    const names = days ? namesOf(days) : [];
    const none = this.element.querySelector<HTMLElement>("[data-none]")!;
    none.textContent = names.length ? "" : instead;
    none.hidden = !!names.length;
    this.element.querySelector<HTMLElement>("[data-counts]")!.hidden = !names.length;
    this.element.querySelector<HTMLElement>("[data-export]")!.hidden = !names.length;
    this.rows = names.map((name) => row(days!, name, today()));
    this.parts = names.length ? exported(days!, `${kiosk().hall.id} ${release().id}`, MOST) : [];
    this.page = 0;
    this.fit();
    this.turn(0);
  }

  /** How many rows have room, with the keys that turn if they are needed. */
  private fit(): void {
    this.most = this.rows.length;
    for (const turns of [this.parts.length > 1, true]) {
      this.keys.hidden = !turns;
      this.body.textContent = "";
      for (const each of this.rows) this.body.appendChild(each);
      const end = this.element.querySelector(".s-told")!.getBoundingClientRect().bottom;
      this.most = Math.max(1, this.rows.filter((each) => each.getBoundingClientRect().bottom <= end + 1).length);
      if (this.most >= this.rows.length) return;
    }
  }

  /** Rows and codes are turned together; whichever are fewer stay at their last. */
  private turn(by: number): void {
    const { parts, most } = this;
    const pages = Math.ceil(this.rows.length / most);
    const count = Math.max(parts.length, pages);
    this.page = Math.max(0, Math.min(count - 1, this.page + by));
    this.keys.hidden = count < 2;
    this.on("back").disabled = this.page <= 0;
    this.on("on").disabled = this.page >= count - 1;
    const from = Math.max(0, Math.min(this.page, pages - 1)) * most;
    this.body.textContent = "";
    for (const each of this.rows.slice(from, from + most)) this.body.appendChild(each);
    this.draw(Math.min(this.page, parts.length - 1));
  }

  private draw(part: number): void {
    const count = this.parts.length;
    const values = { number: part + 1, count };
    this.element.querySelector("[data-parts]")!.textContent = count > 1 ? say("kiosk.staffPart", values) : "";
    const place = this.element.querySelector("[data-code]")!;
    place.textContent = "";
    const text = this.parts[part];
    this.element.querySelector("[data-text]")!.textContent = text || "";
    if (text) place.appendChild(code(text)).setAttribute("aria-label", say("kiosk.staffCode", values));
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
