// 404.html: what the address that is not there may have meant. Its words go into the search fields, and what they may mean is
// offered as links; where that is nothing, the page stays as it is. Of the address only text is ever shown.

import { make } from "../core/dom";
import { bringEngine } from "./lazy-engine";
import type { Lost, Meant } from "./meant";

const FOLDERS = ["positions", "towns", "needs", "activities", "brands", "routes", "tiers"];
const ENDING = /\.(?:html?|php|aspx?|jsp|md|ya?ml|json)(?![a-z0-9]).*$/; // and what a chat has put behind it
const NO_PART = /[\s\u3000，。！？、：；（）【】《》〈〉“”‘’「」…"'<>()[\]{},;!?|~*#@&=$^`\\]+/;
const MOST_CHARACTERS = 60;

/** What a path below the site's root asks for; null where nothing can be made of it. */
export function lostIn(path: string): Lost | null {
  const steps = decoded(path).normalize("NFKC").toLowerCase().split("/").filter((step) => step.trim());
  const step = steps[steps.length - 1] || "";
  const [folder = ""] = steps.slice(0, -1).filter((each) => FOLDERS.indexOf(each) >= 0);
  const [part = ""] = step.replace(ENDING, "").split(NO_PART).filter(Boolean);
  const id = part.replace(/^(?:kind|town)-(?=.)/, "").replace(/\.\d{1,4}$/, "").replace(/^[-_.]+|[-_.]+$/g, "").slice(0, MOST_CHARACTERS);
  const words = id.replace(/[-_.+%]+/g, " ").trim();
  return !words || (!folder && FOLDERS.indexOf(id) >= 0) || id === "index" ? null : { folder, id, words };
}

/** What of it is escaped rightly; the rest is nothing to read. */
function decoded(path: string): string {
  return path.replace(/(?:%[0-9a-f]{2})+/gi, (escaped) => {
    try {
      return decodeURIComponent(escaped);
    } catch {
      return " ";
    }
  });
}

export function startLostAddress(): void {
  const place = document.querySelector<HTMLElement>("[data-lost]");
  const root = document.documentElement.dataset.site || "/";
  const lost = place && location.pathname.indexOf(root) === 0 ? lostIn(location.pathname.slice(root.length)) : null;
  if (!place || !lost) return;
  place.parentNode!.querySelectorAll<HTMLInputElement>("form[data-search] input").forEach((field) => (field.value = lost.words));
  bringEngine(root).then((engine) => engine.meantBy(root, lost)).then((meant) => {
    if (meant.length) show(place, meant, root);
  }, (why: unknown) => console.warn(String(why))); // the field is there all the same
}

function show(place: HTMLElement, meant: readonly Meant[], root: string): void {
  const list = place.querySelector("ul")!;
  for (const { page, name, line } of meant) {
    const link = list.appendChild(make("li", "")).appendChild(make("a", ""));
    link.href = root + page;
    link.appendChild(make("span", "", name));
    if (line) link.appendChild(make("small", "", line));
  }
  place.hidden = false;
  const other = place.parentNode!.querySelector<HTMLElement>(".empty");
  if (other) other.hidden = true;
}
