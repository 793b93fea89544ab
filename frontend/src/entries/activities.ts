// On pages with activities: site.ts asks for this script where there are any.

import { startProgramme } from "../events/agenda-view";

startProgramme();
