// On http(s) only, because a page opened as a file would fill the console with refusals: names the web manifest, and has the
// service worker keep the site for when there is no network. `data-offline` is missing where directory.yml says so, and where
// `build.py serve` shows what is being written.

/** A page's path as the service worker hands it to offline.html; nothing that could lead anywhere but into the site. */
const PAGE = /^(?:[\w%-]+\/)*[\w%.-]+\.html$/;

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
  return PAGE.test(path) && path.indexOf("..") < 0 ? path : "";
}

function nameManifest(root: string): void {
  const link = document.createElement("link");
  link.rel = "manifest";
  link.href = `${root}manifest.webmanifest`;
  document.head.appendChild(link);
}

function register(root: string): void {
  // In WeChat and in private windows it may be refused: then the site simply needs its network.
  navigator.serviceWorker.register(`${root}sw.js`, { updateViaCache: "none" })
    // The browser looks for a new one by itself only some while after the page has come; a short visit would never see it.
    .then((found) => found.active && found.update())
    .catch(() => undefined);
}

export function startOffline(): void {
  const { site = "", offline, kiosk } = document.documentElement.dataset;
  const { protocol, hash } = location;
  if (/^https?:$/.test(protocol)) nameManifest(site);
  const secure = isSecureContext && "serviceWorker" in navigator;
  if (mayKeep({ protocol, wanted: offline !== undefined, kiosk: kiosk !== undefined, secure })) {
    // The first time all of the shell is fetched: never in the way of what the visitor came for.
    if (navigator.serviceWorker.controller || document.readyState === "complete") register(site);
    else addEventListener("load", () => register(site));
  }
  const retry = document.querySelector<HTMLAnchorElement>("[data-retry]");
  const page = retry && wantedPage(hash);
  if (retry && page) {
    retry.href = site + page;
    retry.hidden = false;
  }
}
