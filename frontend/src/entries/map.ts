// On pages with a map.

import { startPageMaps } from "../map/page-maps";

startPageMaps();
