// A page that stays open offers the new version once there is one. After it has loaded, whenever it is looked at again, and once a
// minute while it is, it asks which version of the site is out; where that is not the one it knows to be of, it looks at what a
// reload would bring, and offers only what is not there already. A page that got a style or a script of another version, because
// the site was being switched or its servers disagree, has them fetched again past what the browser kept, and loads itself anew.

import { make } from "../core/dom";
import { say } from "../core/words";
import { versionOf, type Edition } from "./digests";
import { askEdition, askPage, asksForOther, holds, isServed, OUTDATED, ownParts, type Part } from "./edition";

const EVERY_MS = 60_000;
/** Where a click did not help, it would not help again at once: hosts let what they keep grow so old. */
const SILENT_MS = 600_000;
const RENEWED = "haitang-renewed";

let region: HTMLElement;
let settled = ""; // the edition that this page is known to be of, whole
let touched = false;
let looking = Promise.resolve();

export function startUpdatePrompt(): void {
  const { kiosk, version } = document.documentElement.dataset;
  if (!isServed() || kiosk !== undefined || version === undefined) return; // 404.html has no version: nothing else is at its address
  region = make("div", "renew");
  region.setAttribute("role", "status"); // there from the start: a region that was just made is not yet listened to
  document.body.insertBefore(region, document.body.firstChild);
  ["pointerdown", "keydown", "wheel"].forEach((kind) => addEventListener(kind, () => (touched = true), { once: true, passive: true }));
  document.addEventListener(OUTDATED, offer);
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
}

function begin(): void {
  const soon = (): void => {
    if (document.visibilityState !== "hidden" && navigator.onLine) looking = looking.then(look);
  };
  looking = look(); // also in a tab that was opened behind another: it is whole when it comes to the front
  document.addEventListener("visibilitychange", soon);
  ["focus", "online", "pageshow"].forEach((kind) => addEventListener(kind, soon));
  setInterval(soon, EVERY_MS);
  if (navigator.serviceWorker) navigator.serviceWorker.addEventListener("controllerchange", soon);
}

function look(): Promise<void> {
  return askEdition(false).then((out) => {
    if (!out || out.edition === settled || region.firstChild) return;
    // The phone gets what is out while the visitor still reads.
    if (settled && navigator.serviceWorker) {
      void navigator.serviceWorker.getRegistration().then((found) => found && found.update()).catch(() => undefined);
    }
    // In this order: a page that is still the same now was the same when that edition was out.
    return Promise.all([askPage(), settled ? [] : foreignParts(out)]).then(([there, foreign]) => {
      if (there === "other") return foreign.length ? renew() : offer();
      if (there === "unknown" || asksForOther(out)) return; // some server still gives the old page: a reload would not help now
      if (!foreign.length) return void (settled = out.edition);
      return fetchAnew(foreign, out).then((any) => (any ? renew() : undefined));
    });
  });
}

/** The styles and scripts that are not what the page named: those that are out under the name of others, or the other way round. */
function foreignParts(out: Edition): Promise<Part[]> {
  const parts = ownParts().filter(({ path }) => /\.(css|js)$/.test(path) && out.parts[path]);
  return Promise.all(parts.map(({ path, address }) => holds(address, out.parts[path]!, "force-cache")))
    .then((held) => parts.filter(({ path, version }, at) => held[at] === (versionOf(out.parts[path]!) !== version)));
}

/** Whether any of them could be had now; the browser keeps those then. */
function fetchAnew(parts: Part[], out: Edition): Promise<boolean> {
  return Promise.all(parts.map(({ path, address }) => holds(address, out.parts[path]!, "reload"))).then((all) => all.some(Boolean));
}

/** Loads the page again, once and never under a visitor's hands. */
function renew(): void {
  if (!touched && !renewedAt() && note()) location.reload();
  else offer();
}

/** By the page and not by what was out: a reload that brings this very page again has not helped, whoever asked for it and why. */
function key(): string {
  return `${RENEWED} ${document.documentElement.dataset.version || ""} ${location.pathname}`;
}

/** When this page was last loaded again, in milliseconds since 1970; 0 if never. */
function renewedAt(): number {
  try {
    return Number(sessionStorage.getItem(key()));
  } catch {
    return 0;
  }
}

/** False where nothing is remembered: by itself it could go on for ever. */
function note(): boolean {
  try {
    sessionStorage.setItem(key(), String(Date.now()));
    return true;
  } catch {
    return false;
  }
}

function offer(): void {
  if (region.firstChild || Math.abs(Date.now() - renewedAt()) < SILENT_MS) return;
  const button = make("button", "btn btn-main renew-button", say("updates.offer"));
  button.type = "button";
  button.addEventListener("click", () => {
    note();
    location.reload(); // keeps the address and the place on the page
  });
  region.appendChild(button);
  document.documentElement.classList.add("is-outdated");
}
