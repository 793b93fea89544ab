// On search.html: the finder without a map.

import { startFinder } from "../finder/finder";

const element = document.querySelector<HTMLElement>("[data-finder]");
if (element) void startFinder(element, null);
