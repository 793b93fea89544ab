// On every page: one call for each thing that all pages have.

import { startActivities } from "../activities-loading";
import { startOffline } from "../offline";
import { tellDue } from "../due";
import { tellAges } from "../freshness";
import { startThumb } from "../thumb";
import { startDisplay } from "../display";
import { startSharing } from "../share";
import { keepStates } from "../opening";
import { startSearch } from "../searchbox";
import { startUpdates } from "../updates";

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
