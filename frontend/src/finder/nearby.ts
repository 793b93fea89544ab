// From where places are counted as near. The position is asked for only when the visitor taps for it, here or on a link with
// `near=here`; place-of-visitor.ts keeps it for the visit, and it never reaches the address or anybody. Where there is none (refused, http, file://, some WebViews) a town or a tap on
// the map does as well.
//
// Browsers tell WGS-84 (Geolocation API, "uses the World Geodetic System"). A few Chinese WebViews tell GCJ-02 instead, some
// 500 m off, and cannot be told apart from within: all distances say 约 and 直线估计.

import { make } from "../core/dom";
import { say } from "../core/words";
import type { Town } from "../data/directory";
import type { Spot } from "../data/geo";
import { townName } from "../lists/place-card";
import { remember, visitorPlace, type Origin } from "./place-of-visitor";

const ROUGH_M = 1000; // an accuracy beyond which the visitor is told
const PATIENCE_MS = 10000;

export interface NearbyWays {
  towns: Town[];
  /** Where the map can be tapped: on this page, or the address of the page that has one. */
  chooseSpot: (() => Promise<Spot | null>) | null;
  mapPage: string;
  changed(origin: Origin | null): void;
}

export class Nearby {
  readonly button = make("button", "btn", say("find.nearby"));
  readonly panel = make("div", "near");
  private readonly said = make("p", "near-said");
  private readonly choices = make("div", "near-choices");
  private readonly off = quiet(say("find.nearOff"), () => this.stop());
  private readonly change = quiet(say("find.nearChange"), () => this.offer(""));
  private origin: Origin | null = null;
  private asked = 0;

  constructor(private readonly ways: NearbyWays) {
    this.button.type = "button";
    this.button.setAttribute("aria-pressed", "false");
    this.button.addEventListener("click", () => (this.origin ? this.stop() : this.ask()));
    this.said.setAttribute("role", "status");
    this.panel.appendChild(this.said);
    this.panel.appendChild(this.choices);
    const ends = this.panel.appendChild(make("div", "near-ends"));
    ends.appendChild(this.change);
    ends.appendChild(this.off);
    this.panel.hidden = true;
    this.fillChoices();
  }

  /** Opens the other ways at once: the visitor came here to tap the map. */
  offer(sentence: string): void {
    this.panel.hidden = false;
    this.choices.hidden = false;
    this.change.hidden = true;
    this.off.textContent = this.origin ? say("find.nearOff") : say("find.close");
    this.said.textContent = sentence || say("find.nearPromise");
    const first = this.choices.querySelector<HTMLElement>("select, button");
    if (first) first.focus();
  }

  /** What she said earlier in this visit, without asking again. */
  resume(): Origin | null {
    const origin = visitorPlace();
    if (origin) this.show(origin);
    return origin;
  }

  /** Asks the browser at once; where it does not tell, for a town or a tap. */
  ask(): void {
    const turn = ++this.asked;
    // From file:// browsers ask and then refuse, or never answer.
    if (!navigator.geolocation || window.isSecureContext === false || location.protocol === "file:") {
      this.offer(say("find.nearAbsent"));
      return;
    }
    this.panel.hidden = false;
    this.choices.hidden = this.change.hidden = true;
    this.said.textContent = say("find.nearAsk");
    const refused = (): void => {
      if (turn === this.asked) this.offer(say("find.nearDenied"));
    };
    const watch = window.setTimeout(refused, PATIENCE_MS + 1000); // some WebViews never call back
    const found = ({ coords }: GeolocationPosition): void => {
      clearTimeout(watch);
      if (turn !== this.asked) return;
      const rough = coords.accuracy > ROUGH_M;
      const told = rough ? say("find.nearRough", { n: Math.round(coords.accuracy / 1000) }) : say("find.nearAllowed");
      this.start({ lon: coords.longitude, lat: coords.latitude, told });
    };
    const failed = (): void => {
      clearTimeout(watch);
      refused();
    };
    navigator.geolocation.getCurrentPosition(found, failed, { timeout: PATIENCE_MS, maximumAge: 60000 });
  }

  private start(origin: Origin): void {
    remember(origin);
    this.show(origin);
    this.ways.changed(origin);
  }

  private show(origin: Origin): void {
    this.origin = origin;
    this.panel.hidden = false;
    this.choices.hidden = true;
    this.change.hidden = false;
    this.off.textContent = say("find.nearOff");
    this.said.textContent = origin.told;
    this.button.setAttribute("aria-pressed", "true");
  }

  private stop(): void {
    this.asked++;
    this.origin = null;
    remember(null);
    this.panel.hidden = true;
    this.said.textContent = "";
    this.button.setAttribute("aria-pressed", "false");
    this.button.focus();
    this.ways.changed(null);
  }

  private fillChoices(): void {
    const select = make("select", "near-towns");
    select.setAttribute("aria-label", say("find.nearChooseTown"));
    select.appendChild(make("option", "", say("find.nearChoosePlaceholder"))).value = "";
    const towns = this.ways.towns.filter((town) => town.lon !== null && town.lat !== null && town.id !== town.area);
    for (const town of towns) select.appendChild(make("option", "", townName(town))).value = town.id;
    select.addEventListener("change", () => {
      const town = towns.find(({ id }) => id === select.value);
      this.asked++;
      if (town) this.start({ lon: town.lon!, lat: town.lat!, told: say("find.nearTown", { town: town.name }) });
    });
    const label = make("label", "near-town");
    label.appendChild(make("span", "", say("find.nearChooseTown")));
    label.appendChild(select);
    if (towns.length) this.choices.appendChild(label);
    this.choices.appendChild(this.tapping());
  }

  private tapping(): HTMLElement {
    const { chooseSpot, mapPage } = this.ways;
    if (!chooseSpot) {
      const link = make("a", "btn", say("find.nearTap"));
      link.href = mapPage;
      return link;
    }
    const button = quiet(say("find.nearTap"), () => {
      const turn = ++this.asked;
      this.said.textContent = say("find.nearTapNow");
      void chooseSpot().then((spot) => {
        if (turn !== this.asked) return;
        if (spot) this.start({ lon: spot.lon, lat: spot.lat, told: say("find.nearTapped"), isOnMap: true });
        else this.offer("");
      });
    });
    return button;
  }
}

function quiet(text: string, act: () => void): HTMLButtonElement {
  const button = make("button", "btn", text);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}
