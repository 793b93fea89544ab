// On every page: one call for each thing that all pages have.
import { startActivities } from "../events/lazy-loading";
import { startActionBar } from "../page/action-bar";
import { startDisplay } from "../page/display-panel";
import { completeFooter } from "../page/footer";
import { startOffline } from "../page/offline";
import { startSmallMap } from "../page/small-map";
import { offerTaking } from "../page/take-along";
import { startHandingOn } from "../page/tell";
import { tellByTheClock } from "../schedule/what-time-tells";
import { startSearch } from "../search/search-field";
import { startUpdatePrompt } from "../versions/update-prompt";

document.documentElement.classList.remove("no-js");
completeFooter();
tellByTheClock();
startSearch();
startDisplay();
offerTaking();
startActionBar();
startHandingOn();
startSmallMap();
startOffline();
startActivities();
startUpdatePrompt();
