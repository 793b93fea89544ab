// On another site's page, by `<script src="…/data/embed.js" async></script>`: a list of a town's places for each `data-haitang-town`, and
// for each frame with our page the height that the page tells. It touches nothing else there, styles nothing and forces no words.

import { HEIGHT } from "./height";

/** data/v1/towns/<id>.geojson, of which nothing is believed. */
interface Collection {
  features?: unknown;
  attribution?: unknown;
  licence?: unknown;
  licence_url?: unknown;
}

interface Feature {
  id?: unknown;
  properties?: { [name: string]: unknown } | null;
}

const ID = /^[a-z0-9-]{1,64}$/;
const GONE = ["closed", "merged"];
const [LOWEST, HIGHEST] = [120, 10000]; // pixels of a frame

/** `data` is the address of the folder that this script lies in. */
export function startElsewhere(data: string): void {
  const site = new URL("../", data).href;
  addEventListener("message", (event) => takeHeight(event, site));
  const draw = (): void => document.querySelectorAll<HTMLElement>("[data-haitang-town]").forEach((room) => void drawTown(room, data, site));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", draw);
  else draw();
}

/** Only a frame that shows our page, and only its own height. */
function takeHeight({ data, source }: MessageEvent, site: string): void {
  const { type, height } = (Object(data) as { type?: unknown; height?: unknown });
  if (type !== HEIGHT || typeof height !== "number" || !(height > 0)) return;
  document.querySelectorAll("iframe").forEach((frame) => {
    if (frame.contentWindow !== source || !/^([a-z]{2}(-[A-Z]{2})?\/)?embed(\.html)?([?#]|$)/.test(below(frame.src, site))) return;
    const edges = frame.offsetHeight - frame.clientHeight;
    frame.style.height = `${Math.min(HIGHEST, Math.max(LOWEST, Math.ceil(height))) + edges}px`;
  });
}

function below(address: string, site: string): string {
  return address.indexOf(site) ? "?" : address.slice(site.length);
}

/** What stands in the room already, a link, stays where the data do not come. */
function drawTown(room: HTMLElement, data: string, site: string): Promise<void> {
  const town = room.getAttribute("data-haitang-town") || "";
  if (!room.querySelector("a")) link(room, ID.test(town) ? `${site}towns/${town}.html` : site);
  if (!ID.test(town)) return Promise.resolve();
  // eslint-disable-next-line no-restricted-globals -- on another site's page, which is served; from a file the link stays
  return fetch(`${data}v1/towns/${town}.geojson`, { credentials: "omit" })
    .then((answer) => (answer.ok ? (answer.json() as Promise<Collection>) : Promise.reject(new Error(String(answer.status)))))
    .then((told) => {
      const { features } = told;
      if (!Array.isArray(features)) throw new Error("no features");
      const list = document.createElement("ul");
      list.dataset["haitang"] = "places";
      for (const feature of features as (Feature | null)[]) addPlace(list, feature || {}, site);
      room.insertBefore(list, room.firstChild); // the link stays below
      addCredit(room, told, site);
    })
    .catch((why: unknown) => console.warn(String(why)));
}

function addPlace(list: HTMLElement, { id, properties }: Feature, site: string): void {
  const told = properties || {};
  const text = (name: string): string => (typeof told[name] === "string" ? told[name] : "");
  if (!text("name") || GONE.indexOf(text("status")) >= 0) return;
  const place = list.appendChild(document.createElement("li"));
  const own = typeof id === "string" && ID.test(id) ? `${site}positions/${id}.html` : site;
  link(place, own, text("name"));
  for (const name of ["address", "hours", "phone"]) if (text(name)) add(place, name, text(name));
}

/** Whose data these are, and that one may use them. */
function addCredit(room: HTMLElement, { attribution, licence, licence_url: url }: Collection, site: string): void {
  if (typeof attribution !== "string") return;
  const credit = room.appendChild(document.createElement("p"));
  credit.dataset["haitang"] = "source";
  link(credit, site, attribution);
  if (typeof licence !== "string" || typeof url !== "string" || url.indexOf("https://")) return;
  credit.appendChild(document.createTextNode(" "));
  link(credit, url, licence);
}

function add(place: HTMLElement, name: string, text: string): void {
  const part = document.createElement("span");
  part.dataset["haitang"] = name;
  part.textContent = text;
  place.appendChild(document.createTextNode(" "));
  place.appendChild(part);
}

function link(into: HTMLElement, address: string, text = address.replace(/^https?:\/\//, "")): void {
  const made = into.appendChild(document.createElement("a"));
  made.href = address;
  made.textContent = text;
}
