// TODO by its helper.

import type { App } from "../app";
import type { Screen } from "../router";

export function todayScreen(_app: App, _element: HTMLElement): Screen {
  return { name: "today", enter: () => undefined };
}
