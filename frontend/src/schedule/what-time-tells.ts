// What a page says by the clock, wherever it holds such things.

import { tellAge } from "./data-age";
import { showDueDates } from "./due-dates";
import { showAges } from "./freshness";
import { keepStates } from "./opening-state";

export function tellByTheClock(): void {
  keepStates();
  showDueDates();
  showAges(document);
  tellAge();
}
