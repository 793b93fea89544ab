// The colour of the browser's own bar. A page names the light one; the dark one beside it is for who runs scripts.

import type { Settings } from "./settings";

const DARK = "#1c1114"; // --paper of the dark

/** By the system's scheme, or by the visitor's own choice. */
export function tintBrowser(theme: Settings["theme"]): void {
  const light = document.querySelector<HTMLMetaElement>("meta[name=theme-color]");
  if (!light) return;
  let dark = light.nextElementSibling as HTMLMetaElement;
  if (dark.name !== light.name) {
    dark = light.cloneNode() as HTMLMetaElement;
    dark.content = DARK;
    light.parentNode!.insertBefore(dark, light.nextSibling);
  }
  light.media = mediaOf("light", theme);
  dark.media = mediaOf("dark", theme);
}

function mediaOf(own: "light" | "dark", theme: Settings["theme"]): string {
  return theme === "system" ? `(prefers-color-scheme: ${own})` : theme === own ? "all" : "not all";
}
