// What a place's page, and the page of a visitor's own places, can do besides. The order matters: sharing serves the buttons of
// those before it.

import { startActionBar } from "./action-bar";
import { offerKeeping, startOwnPage } from "./own-list";
import { startSmallMap } from "./small-map";
import { offerTaking } from "./take-along";
import { startHandingOn } from "./tell";

export function startPlacePage(): void {
  offerTaking();
  startActionBar();
  startHandingOn();
  offerKeeping();
  startOwnPage();
  startSmallMap();
}
