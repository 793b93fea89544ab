// TODO by its helper.

import type { App } from "../app";
import type { Screen } from "../router";

export function listScreen(_app: App, _element: HTMLElement): Screen {
  return { name: "list", enter: () => undefined };
}
