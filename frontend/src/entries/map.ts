// The map of a page; ahead.js asks for it.

import { startPageMap } from "../map/page-maps";

startPageMap();
