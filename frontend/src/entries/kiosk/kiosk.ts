// The app of a hall's kiosk.

import { startKiosk } from "../../kiosk/kiosk";

startKiosk();
