// For who looks after the hall: five taps in a corner and a number, and the counters are shown.

import type { App } from "./app";

export function startStaff(_app: App): void {
  // made by E
}
