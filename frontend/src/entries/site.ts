// On every page: one call for each thing that all pages have.

import { startActivities } from "../events/lazy-loading";
import { startActionBar } from "../page/action-bar";
import { startDisplay } from "../page/display-panel";
import { startOffline } from "../page/offline";
import { startSharing } from "../page/share";
import { showDueDates } from "../schedule/due-dates";
import { showAges } from "../schedule/freshness";
import { keepStates } from "../schedule/opening-state";
import { startSearch } from "../search/search-box";
import { startUpdatePrompt } from "../versions/update-prompt";

document.documentElement.classList.remove("no-js");
keepStates();
startSearch();
startDisplay();
startSharing();
startOffline();
startActionBar();
showDueDates();
showAges(document);
startActivities();
startUpdatePrompt();
