// On every page: one call for each thing that all pages have.
import { startReturning } from "../core/returning";
import { startActivities } from "../events/lazy-loading";
import { startDisplay } from "../page/display/display-panel";
import { watchLetters } from "../page/display/letters";
import { completeFooter } from "../page/footer";
import { startOffline } from "../page/offline";
import { startPlacePage } from "../page/place-page";
import { tellByTheClock } from "../schedule/what-time-tells";
import { startSearch } from "../search/search-field";
import { startUpdatePrompt } from "../versions/update-prompt";

document.documentElement.classList.remove("no-js");
completeFooter();
watchLetters();
tellByTheClock();
startSearch();
startDisplay();
startPlacePage();
startOffline();
startActivities();
startReturning();
startUpdatePrompt();
