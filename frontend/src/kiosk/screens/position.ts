// One place: its page as it was written at build time, how far it is from this hall, and what is near it.

import { say } from "../../core/words";
import { upcoming } from "../../events/agenda";
import { dayText, whenText } from "../../events/time-text";
import { distanceText } from "../../lists/place-card";
import { nowInZone } from "../../schedule/clock";
import { showAges } from "../../schedule/freshness";
import { showNotices } from "../../schedule/notices";
import type { Now } from "../../schedule/opening-hours";
import { isOver, readWhen, type When } from "../../schedule/recurrence";
import { HallMap } from "../cards/hall-map";
import { chooseTab, fillList, giveRoom, listPlaces, placeBlocks, rowsOf, tabs } from "../cards/page-blocks";
import { byNearness, isInUse, metresFromHere } from "../cards/place-card";
import type { App } from "../core/app";
import type { World } from "../core/hall";
import { positionPage } from "../core/pages";
import { showPhotos } from "../core/photos";
import type { Memory, Screen } from "../core/router";
import { showCodes } from "../widgets/qr-codes";
import { ScrollPane } from "../widgets/scroll-pane";
import { showChosen } from "./map";

const NEAR = 24;

export function positionScreen(app: App, element: HTMLElement): Screen {
  const { world, host } = app;
  const pane = new ScrollPane(element.querySelector<HTMLElement>(".k-read")!, element.querySelector<HTMLElement>("[data-mover]")!, element);
  const way = element.querySelector<HTMLElement>("[data-at=way]")!;
  const listed = element.querySelector<HTMLElement>("[data-list]")!;
  const map = new HallMap(world, element, (chosen) => showChosen(app, chosen)); // there only on a wall

  document.addEventListener("haitang:display", () => element.hidden || tighten(element.querySelector(".k-way")));

  function panel(name: string, row: number, page: ParentNode, memory: Memory): void {
    way.hidden = name !== "way";
    giveRoom(element, way.hidden);
    listed.hidden = name === "way";
    if (name === "near") listPlaces(listed, world, near(world, row), memory);
    const stock = page.querySelector<HTMLElement>(`[data-rows=${name}]`);
    if (!stock) return;
    const keys = Array.from(stock.children) as HTMLElement[];
    if (name === "family") listPlaces(listed, world, rowsOf(world, stock.dataset.ids!), memory);
    else fillList(listed, keys.length, (at) => keys[at]!.cloneNode(true) as HTMLElement, memory);
  }

  return {
    name: "position",
    enter(_element, what, memory) {
      const row = world.places.id.indexOf(what);
      if (row < 0) return placeBlocks(element, null);
      const page = positionPage(row);
      placeBlocks(element, page);
      map.show(null, { row });
      tellFar(element, world, row);
      tellNext(element);
      showAges(element);
      showNotices(element);
      showCodes(element, host);
      showPhotos(element, host);
      chooseTab(tabs(element), memory, (name, own) => panel(name, row, page, own));
      pane.open(memory);
      tighten(element.querySelector(".k-way"));
    },
    leave() {
      placeBlocks(element, null);
      listed.querySelector("[data-cards]")!.textContent = "";
    },
  };
}

/** A long address in smaller letters, before anything of it is out of sight; what still is can be reached by keys. Beside it the
 * code stays whole: its own address goes first. */
function tighten(way: HTMLElement | null): void {
  if (!way) return;
  const isCut = (): boolean => way.scrollHeight > way.clientHeight + 1;
  way.classList.remove("is-tight");
  const take = way.nextElementSibling!;
  take.classList.remove("is-tight");
  take.classList.toggle("is-tight", take.scrollHeight > take.clientHeight + 1);
  way.classList.toggle("is-tight", isCut());
  if (isCut()) way.tabIndex = 0;
  else way.removeAttribute("tabindex");
}

/** From this place the nearest first; where nobody knows where it is, those of its town. */
function near(world: World, row: number): number[] {
  const { places, points, hall } = world;
  const others = places.id.map((_, other) => other).filter((other) => other !== row && isInUse(world, other));
  const [lon, lat] = [points.lon[row], points.lat[row]];
  if (typeof lon !== "number" || typeof lat !== "number" || !points.precise[row]) {
    const there = others.filter((other) => places.town[other] === places.town[row]);
    return byNearness(world, there.length ? there : others).slice(0, NEAR);
  }
  return byNearness({ ...world, hall: { ...hall, spot: { lon, lat } } }, others).slice(0, NEAR);
}

function tellFar(element: HTMLElement, world: World, row: number): void {
  const line = element.querySelector<HTMLElement>("[data-far]");
  if (!line) return;
  const metres = metresFromHere(world, row);
  line.textContent = row === world.hall.home ? say("kiosk.here") : metres === null ? "" : distanceText(metres);
  line.hidden = !line.textContent;
}

/** The next time of each activity; what has ended since the data's day goes. */
function tellNext(element: HTMLElement): void {
  const now = nowInZone();
  if (!now) return;
  element.querySelectorAll<HTMLElement>("[data-when]").forEach((line) => {
    const when = readWhen(line.dataset.when!);
    const target = line.querySelector<HTMLElement>("[data-next]")!;
    if (!when) return;
    if (isOver(when, now)) return line.remove();
    target.textContent = nextText(when, now);
    target.hidden = !target.textContent;
  });
}

function nextText(when: When, now: Now): string {
  const { cancelled, next } = upcoming(when, now);
  const off = cancelled.slice(0, 2).map((one) => say("activities.cancelledOn", { date: dayText(one.day, now) }));
  return off.join("") + (next ? say("activities.next", { when: whenText(next, now) }) : "");
}
