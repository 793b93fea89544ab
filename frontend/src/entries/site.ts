// On every page: one call for each thing that all pages have.

import { startActivities } from "../events/lazy-loading";
import { startOffline } from "../page/offline";
import { tellDue } from "../schedule/due-dates";
import { tellAges } from "../schedule/freshness";
import { startThumb } from "../page/action-bar";
import { startDisplay } from "../page/display-panel";
import { startSharing } from "../page/share";
import { keepStates } from "../schedule/opening-state";
import { startSearch } from "../search/search-box";
import { startUpdates } from "../versions/update-prompt";

document.documentElement.classList.remove("no-js");
keepStates();
startSearch();
startDisplay();
startSharing();
startOffline();
startThumb();
tellDue();
tellAges(document);
startActivities();
startUpdates();
