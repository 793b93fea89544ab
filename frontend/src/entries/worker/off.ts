// Published as sw.js where directory.yml says `offline: 否`: haitang/offline.py.

import { startKillSwitch } from "../../worker/kill-switch";

startKillSwitch();
