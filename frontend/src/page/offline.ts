// On http(s) only, because a page opened as a file would fill the console with refusals: names the web manifest, and has the
// service worker keep the site for when there is no network. `data-offline` is missing where directory.yml says so, and where
// `build.py serve` shows what is being written. On offline.html: which page was wanted; data/offline.js tells what is known of it.

import { say } from "../core/words";
import { script } from "../data/loader";
import { KEEP_ALL } from "../versions/cache-names";
import { isDear, type Connection } from "../versions/dear-line";
import { topOfSite } from "../versions/languages";

/** A page's path as the service worker hands it to offline.html; nothing that could lead anywhere but into the site. */
const PAGE = /^(?:[\w%-]+\/)*[\w%.-]+\.html$/;
const UPWARD = /(?:\.|%2e){2}/i; // to a browser both are dots

const QUIET_MS = 2000; // after a page has loaded
const AGAIN_MS = 3_600_000; // what is new of a small site is fetched once an hour at most
const ASKED = "haitang-kept-all";

/** What data/offline.js puts down: entries/data/offline.ts. */
interface Teller {
  tell(box: HTMLElement, root: string, page: string): Promise<void>;
}

export interface Surroundings {
  protocol: string;
  /** `data-offline` is on the page. */
  wanted: boolean;
  kiosk: boolean;
  /** https, or this very machine. */
  secure: boolean;
}

/** Whether this page may register the service worker. */
export function mayKeep({ protocol, wanted, kiosk, secure }: Surroundings): boolean {
  return wanted && secure && !kiosk && /^https?:$/.test(protocol);
}

/** The page that was wanted when there was no network, from the address of offline.html; empty where that is none of ours. */
export function wantedPage(hash: string): string {
  const path = hash.replace(/^#/, "");
  return PAGE.test(path) && !UPWARD.test(path) ? path : "";
}

function nameManifest(root: string): void {
  const link = document.createElement("link");
  link.rel = "manifest";
  link.href = `${root}manifest.webmanifest`;
  document.head.appendChild(link);
}

function register(): void {
  // In WeChat and in private windows it may be refused: then the site simply needs its network.
  navigator.serviceWorker.register(`${topOfSite()}sw.js`, { updateViaCache: "none" })
    // The browser looks for a new one by itself only some while after the page has come; a short visit would never see it.
    .then((found) => found.active && found.update())
    .then(() => navigator.serviceWorker.ready)
    .then(({ active }) => setTimeout(() => isTime() && active!.postMessage(KEEP_ALL), QUIET_MS))
    .catch(() => undefined);
}

/** Whether all pages of a small site may be fetched now, behind the visitor's back. */
function isTime(): boolean {
  if (!navigator.onLine || isDear((navigator as { connection?: Connection }).connection)) return false;
  try {
    const asked = Number(sessionStorage.getItem(ASKED));
    if (Math.abs(Date.now() - asked) < AGAIN_MS) return false;
    sessionStorage.setItem(ASKED, String(Date.now()));
  } catch {
    return false; // then every page would ask
  }
  return true;
}

/** On offline.html. */
function tellOfWanted(box: HTMLElement, root: string, page: string): void {
  const retry = box.querySelector<HTMLAnchorElement>("[data-retry]");
  if (page && retry) {
    box.querySelector("h1")!.textContent = say("offline.missing");
    box.querySelector(".lead")!.textContent = say("offline.missingText");
    retry.href = root + page;
    retry.hidden = false;
  }
  script(root, "offline")
    .then(() => (window.HAITANG!["offline"] as unknown as Teller).tell(box, root, page))
    .catch((why: unknown) => console.warn(String(why)));
}

export function startOffline(): void {
  const { site = "", offline, kiosk } = document.documentElement.dataset;
  const { protocol, hash } = location;
  if (/^https?:$/.test(protocol)) nameManifest(site);
  const secure = isSecureContext && "serviceWorker" in navigator;
  if (mayKeep({ protocol, wanted: offline !== undefined, kiosk: kiosk !== undefined, secure })) {
    // The first time all of the shell is fetched: never in the way of what the visitor came for.
    if (navigator.serviceWorker.controller || document.readyState === "complete") register();
    else addEventListener("load", register);
  }
  const box = document.querySelector<HTMLElement>("[data-kept]");
  if (box) tellOfWanted(box, site, wantedPage(hash));
}
