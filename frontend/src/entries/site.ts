// On every page: one call for each thing that all pages have.

import { startActivities } from "../activities-loading";
import { startOffline } from "../offline";
import { tellDue } from "../schedule/due-dates";
import { tellAges } from "../schedule/freshness";
import { startThumb } from "../thumb";
import { startDisplay } from "../display";
import { startSharing } from "../share";
import { keepStates } from "../schedule/opening-state";
import { startSearch } from "../searchbox";
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
