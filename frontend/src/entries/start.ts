// In the head of every page, before anything is painted: the display the visitor chose last time, and how old the data are. Buttons that only a script
// can serve are on the page from the start and hidden by `no-js`, so that nothing moves when they come.

import { tintBrowser } from "../page/display/browser-bar";
import { expectedLetter, tellLayout } from "../page/display/letters";
import { apply, remembered } from "../page/display/settings";
import { isOld } from "../schedule/clock";
import { leaveFormerWorker } from "../versions/former-worker";

const html = document.documentElement;
html.classList.remove("no-js");
const settings = remembered();
apply(settings, html);
tellLayout(html, expectedLetter(html));
tintBrowser(settings.theme);
if (location.search.length > 1) html.classList.add("is-asking"); // a finder makes room for its answer
if (isOld()) html.classList.add("is-old"); // the line that says so comes before anything stands below it
leaveFormerWorker();
