// What this screen is and how it fares, and the same as a code that a phone reads without a network: plain text, no address.

import { fill, say } from "../../core/words";
import { dayNumber } from "../../schedule/calendar";
import { today } from "../../schedule/clock";
import { kiosk, release } from "../core/hall";
import type { News } from "../core/host";
import { code } from "../widgets/qr";
import { lastError } from "./events";
import { momentText } from "./moments";
import type { Said } from "./said";

const MOST = 300; // bytes to the code: a phone reads it from a screen at arm's length
const LONGEST_TITLE = 20;

export class StatePage {
  private readonly since = Date.now();

  constructor(private readonly element: HTMLElement, private readonly said: Said) {}

  /** `news`: the launcher's; null where there is none. */
  show(news: News | null): void {
    const facts = this.facts(news);
    for (const name of Object.keys(facts)) {
      const place = this.element.querySelector(`[data-fact="${name}"]`);
      if (place) place.textContent = facts[name]!;
    }
    const text = stateText(facts, this.said);
    this.element.querySelector("[data-state-text]")!.textContent = text;
    const place = this.element.querySelector("[data-state-code]")!;
    place.textContent = "";
    place.appendChild(code(text)).setAttribute("aria-label", this.said.stateCode);
  }

  private facts(news: News | null): { [name: string]: string } {
    const { hall } = kiosk();
    const { id, built } = release();
    const minutes = news ? news.minutes : Math.max(0, Math.floor((Date.now() - this.since) / 60_000));
    return {
      kiosk: `${hall.title} ${hall.id}`,
      title: hall.title.slice(0, LONGEST_TITLE),
      id: hall.id,
      release: id,
      built,
      age: ageText(built, today(), this.said),
      uptime: say("kiosk.staffHours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 }),
      error: lastError(news ? news.log : [], this.said),
      screen: `${innerWidth} × ${innerHeight}`,
      now: momentText(Date.now()),
    };
  }
}

/** Lines of text, as many as the code has room for. */
export function stateText(facts: { [name: string]: string }, said: Said): string {
  let text = "";
  for (const line of said.state.map((each) => fill(each, facts))) {
    const longer = text ? `${text}\n${line}` : line;
    if (new TextEncoder().encode(longer).length > MOST) break;
    text = longer;
  }
  return text;
}

/** How old data of that day (`2026-11-24`) are; a clock that is before them is wrong. */
export function ageText(built: string, day: number, said: Said): string {
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(built);
  if (!date) return "";
  const days = day - dayNumber(Number(date[1]), Number(date[2]), Number(date[3]));
  if (days < 0) return said.clockWrong;
  return days ? fill(said.daysAgo, { days }) : said.today;
}
