// On pages with activities: site.ts asks for this script where there are any.

import { startAgendas } from "../events/agenda-view";
import { Nearby } from "../finder/nearby";
import { addDistance } from "../lists/place-card";

startAgendas({ nearby: (ways) => new Nearby(ways), addDistance });
