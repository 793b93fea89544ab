// What this phone keeps of the site: how many pages and how much in all, and a button that clears it away.

import { make } from "../core/dom";
import { fill } from "../core/words";
import { CLEAR, PREFIX } from "../versions/cache-names";
import type { Said } from "./said";

const MEGABYTE = 1e6;
const PATIENCE_MS = 3000; // for an answer of the worker; one of an older version gives none

export async function tellStore(box: HTMLElement, root: string, said: Said): Promise<void> {
  if (!/^https?:$/.test(location.protocol) || !isSecureContext || !("serviceWorker" in navigator)) return;
  const scope = new URL(root || "./", location.href).href;
  const part = box.appendChild(make("div", "kept-store"));
  const line = part.appendChild(make("p", ""));
  line.setAttribute("role", "status");
  const { pages, bytes } = await kept(scope);
  if (!bytes) return void (line.textContent = said.nothingKept);
  line.textContent = fill(said.kept, { pages, size: Math.max(0.1, bytes / MEGABYTE).toFixed(1) });
  const clear = part.appendChild(make("button", "btn", said.clear));
  clear.type = "button";
  const note = part.appendChild(make("p", "fine", said.clearNote));
  clear.addEventListener("click", () => {
    clear.disabled = true;
    void clearAway(scope).then(() => {
      line.textContent = said.cleared;
      part.removeChild(clear);
      part.removeChild(note);
    });
  });
}

function own(scope: string): Promise<string[]> {
  return caches.keys().then((names) => names.filter((name) => name.indexOf(PREFIX) === 0 && name.slice(-scope.length) === scope));
}

/** How many pages, each once whatever versions of it there are, and bytes of everything. */
async function kept(scope: string): Promise<{ pages: number; bytes: number }> {
  const pages = new Set<string>();
  let bytes = 0;
  for (const name of await own(scope)) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const response = await cache.match(request);
      if (!response) continue; // it has just gone
      bytes += (await response.blob()).size;
      if (/\.html(?:\?|$)/.test(request.url)) pages.add(request.url.split("?")[0]!);
    }
  }
  return { pages: pages.size, bytes };
}

/** The worker knows also what is noted beside the caches. */
async function clearAway(scope: string): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration(scope);
  const { active } = registration || { active: null };
  if (active) {
    await new Promise<void>((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done();
      active.postMessage(CLEAR, [port2]);
      setTimeout(done, PATIENCE_MS);
    });
  }
  if (registration) await registration.unregister();
  await Promise.all((await own(scope)).map((name) => caches.delete(name)));
}
