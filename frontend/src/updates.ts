// A page that stays open offers the new version once there is one. The versions of its parts are compared with those that are
// out after it has loaded, whenever it is looked at again, and once a minute while it is. A page that was loaded while the site
// was being switched, and may have got a style or a script of the other version, loads itself again at once.

import { make } from "./dom";
import { askEdition, isServed, OUTDATED } from "./edition";
import { isOutdated, readFiles, versionOf, type Edition, type Named } from "./versions";
import { say } from "./words";

const EVERY_MS = 60_000;
const TRIED = "haitang-renewed";

let region: HTMLElement;
let began = "";
let touched = false;

export function startUpdates(): void {
  if (!isServed() || document.documentElement.dataset.kiosk !== undefined) return;
  region = make("div", "renew");
  region.setAttribute("role", "status"); // there from the start: a region that was just made is not yet listened to
  document.body.insertBefore(region, document.body.firstChild);
  ["pointerdown", "keydown"].forEach((kind) => addEventListener(kind, () => (touched = true), { once: true }));
  document.addEventListener(OUTDATED, offer);
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
}

function begin(): void {
  void askEdition(false).then((out) => {
    if (out && isOutdated(ownVersions(), out)) return void isMixed().then((mixed) => (mixed ? renew(out) : offer()));
    if (out) return watch(out);
    return void askEdition(true).then(watch); // without network: what the phone keeps is what it shows
  });
}

function watch(first: Edition | null): void {
  began = first ? first.edition : "";
  const look = (): void => {
    if (document.visibilityState !== "hidden" && navigator.onLine) void askEdition(false).then(compare);
  };
  document.addEventListener("visibilitychange", look);
  ["focus", "online", "pageshow"].forEach((kind) => addEventListener(kind, look));
  setInterval(look, EVERY_MS);
  if (navigator.serviceWorker) navigator.serviceWorker.addEventListener("controllerchange", look);
}

function compare(out: Edition | null): void {
  if (!out) return;
  if (!began) began = out.edition;
  if (out.edition === began && !isOutdated(ownVersions(), out)) return;
  offer();
  // The phone gets what is offered while the visitor still reads.
  if (navigator.serviceWorker) {
    void navigator.serviceWorker.getRegistration().then((found) => found && found.update()).catch(() => undefined);
  }
}

/** Every part of this page by its path. */
function ownParts(): [path: string, version: string, element: HTMLLinkElement | HTMLScriptElement][] {
  const found = document.querySelectorAll<HTMLLinkElement | HTMLScriptElement>("link[href*='?v='], script[src*='?v=']");
  return Array.from(found).map((element) => {
    const address = element.getAttribute(element.tagName === "LINK" ? "href" : "src")!;
    const [, path, version] = /([^/]+\/[^/]+)\?v=(.*)$/.exec(address)!;
    return [path!, version!, element];
  });
}

function ownVersions(): Named {
  const versions: Named = {};
  ownParts().forEach(([path, version]) => (versions[path] = version));
  const data = readFiles(document.documentElement.dataset.files || "");
  Object.keys(data).forEach((path) => (versions[path] = versionOf(data[path]!)));
  return versions;
}

/** Whether some style or script is not the one the page named. Where a browser cannot tell (no https), it may well be so. */
function isMixed(): Promise<boolean> {
  const parts = ownParts().filter(([path]) => /\.(css|js)$/.test(path) && path.indexOf("assets/") === 0);
  const other = ([, version, element]: ReturnType<typeof ownParts>[number]): Promise<boolean> =>
    // eslint-disable-next-line no-restricted-globals -- on a server only: see isServed
    fetch((element as HTMLLinkElement).href || (element as HTMLScriptElement).src, { cache: "force-cache" })
      .then((answer) => answer.arrayBuffer())
      .then((content) => crypto.subtle.digest("SHA-256", content))
      .then((digest) => versionOf(btoa(String.fromCharCode(...new Uint8Array(digest)))) !== version);
  if (!isSecureContext) return Promise.resolve(true);
  return Promise.all(parts.map(other)).then((all) => all.some(Boolean), () => true);
}

/** Loads the page again, once for a version and never under a visitor's hands. */
function renew({ edition }: Edition): void {
  if (touched || remembered() === edition) return offer();
  try {
    sessionStorage.setItem(TRIED, edition);
  } catch {
    return offer(); // where nothing is remembered it could go on for ever
  }
  location.reload();
}

function remembered(): string | null {
  try {
    return sessionStorage.getItem(TRIED);
  } catch {
    return null;
  }
}

function offer(): void {
  if (region.firstChild) return;
  const button = make("button", "btn btn-main renew-button", say("updates.offer"));
  button.type = "button";
  button.addEventListener("click", () => location.reload()); // keeps the address and the place on the page
  region.appendChild(button);
  document.documentElement.classList.add("is-outdated");
}
