// The launcher of a hall's kiosk.

import { Launcher } from "../../launcher/launcher";

new Launcher().start();
