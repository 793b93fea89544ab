// On pages with activities: site.ts asks for this script where there are any.

import { startAgendas } from "../events/agenda-view";

startAgendas();
