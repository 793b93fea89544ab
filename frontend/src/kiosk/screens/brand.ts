// TODO by its helper.

import type { App } from "../app";
import type { Screen } from "../router";

export function brandScreen(_app: App, _element: HTMLElement): Screen {
  return { name: "brand", enter: () => undefined };
}
