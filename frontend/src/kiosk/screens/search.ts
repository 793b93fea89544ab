// TODO by its helper.

import type { App } from "../app";
import type { Screen } from "../router";

export function searchScreen(_app: App, _element: HTMLElement): Screen {
  return { name: "search", enter: () => undefined };
}
