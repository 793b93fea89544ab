// The display settings as values: read, checked, and put on <html> as attributes that the style sheets look at.

export interface Settings {
  /** Text of 18, 24 or 30 px. */
  size: "normal" | "large" | "xlarge";
  contrast: "normal" | "high";
  theme: "system" | "light" | "dark";
  /** "text": without map and pictures. */
  reading: "all" | "text";
  /** The simple version for the elderly: lies over the others, and gives them back when it is left. */
  elder: "off" | "on";
}

export const CHOICES: { readonly [name in keyof Settings]: readonly Settings[name][] } = {
  size: ["normal", "large", "xlarge"],
  contrast: ["normal", "high"],
  theme: ["system", "light", "dark"],
  reading: ["all", "text"],
  elder: ["off", "on"],
};
const NAMES = Object.keys(CHOICES) as (keyof Settings)[];
const KEY = "haitang-display";

export function plain(): Settings {
  return { size: "normal", contrast: "normal", theme: "system", reading: "all", elder: "off" };
}

/** What was stored, as far as it makes sense: anything may stand in there. */
export function parsed(text: string | null): Settings {
  const settings = plain();
  let stored: unknown;
  try {
    stored = JSON.parse(text || "{}");
  } catch (error) {
    return settings;
  }
  if (typeof stored === "object" && stored !== null) {
    for (const name of NAMES) put(settings, name, (stored as { [name: string]: unknown })[name]);
  }
  return settings;
}

function put(settings: Settings, name: keyof Settings, value: unknown): void {
  if ((CHOICES[name] as readonly unknown[]).indexOf(value) >= 0) Object.assign(settings, { [name]: value });
}

/** What the visitor sees: the simple version has at least large text, and high contrast. */
export function effective(settings: Settings): Settings {
  if (settings.elder === "off") return settings;
  return { ...settings, size: settings.size === "xlarge" ? "xlarge" : "large", contrast: "high" };
}

/** One setting chosen anew. What the simple version does not allow leaves it, and the rest stays as it is seen. */
export function changed(settings: Settings, name: keyof Settings, value: string): Settings {
  const next = { ...(name === "elder" ? settings : effective(settings)) };
  put(next, name, value);
  if (name !== "elder" && settings.elder === "on" && effective(next)[name] !== next[name]) next.elder = "off";
  return next;
}

/** Attributes of <html>; one that is not there means the first choice. */
export function attributes(settings: Settings): { [name: string]: string } {
  const seen = effective(settings);
  const found: { [name: string]: string } = {};
  for (const name of NAMES) if (seen[name] !== CHOICES[name][0]) found[`data-${name}`] = seen[name];
  return found;
}

export function apply(settings: Settings, html: HTMLElement): void {
  const wanted = attributes(settings);
  for (const name of NAMES) {
    const value = wanted[`data-${name}`];
    if (value) html.setAttribute(`data-${name}`, value);
    else html.removeAttribute(`data-${name}`);
  }
}

/** The settings of last time; the plain ones where nothing can be remembered. */
export function remembered(): Settings {
  try {
    return parsed(localStorage.getItem(KEY)); // throws in a sandboxed frame and where storage is forbidden
  } catch (error) {
    return plain();
  }
}

export function remember(settings: Settings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch (error) {
    // The settings then hold for this page.
  }
}
