// Until autumn 2026 the service worker knew its files by their paths alone, whatever stands behind `?v=`, and so gives pages of
// today the styles, scripts and data of then, this module's own among them if it lay in a file that it knows. (The bundle with
// it is therefore called start.js: build.mjs.) Who still has that worker is freed of it, and the page comes again, whole.

import { PRECACHE } from "./cache-names";

declare const MAY_ASK: boolean;

export function leaveFormerWorker(): void {
  const { site } = document.documentElement.dataset;
  if (!MAY_ASK || site === undefined || !navigator.serviceWorker || !navigator.serviceWorker.controller) return;
  const scope = new URL(site || "./", location.href).href;
  // What it kept is there until such a page takes it away; that another worker has taken over meanwhile changes nothing of what
  // this page was given. It can be taken away only once, and so nothing goes on for ever.
  // This is the head of a page that has just come: nobody has touched it yet.
  void caches.delete(PRECACHE + scope)
    .then((wasThere) => (wasThere ? navigator.serviceWorker.getRegistration(scope) : undefined))
    .then((found) => found && found.unregister().then(() => location.reload()))
    .catch(() => undefined);
}
