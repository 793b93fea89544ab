// The small map of a place's page: what lies around the place, where the directory has that, once somebody looks at it.

import { script, scriptIfAny } from "../data/loader";

interface Program {
  small(element: HTMLElement, root: string, index: object): Promise<void>;
}

export function startSmallMap(): void {
  const element = document.querySelector<HTMLElement>(".small-map[data-base]");
  if (!element || !window.IntersectionObserver) return;
  const root = "../"; // only pages of places have one, and they lie in a folder
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    Promise.all([script(root, "base"), script(root, "layers"), scriptIfAny(root, "map_names")])
      .then(() => (window.HAITANG!["layers"] as unknown as Program).small(element, root, window.HAITANG!["base"]!))
      .catch((why: unknown) => console.warn(String(why)));
  }, { rootMargin: "200px" });
  watch.observe(element);
}
