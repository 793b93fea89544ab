// Published as sw.js where directory.yml says `offline: 否`: haitang/site/service_worker.py.

import { startKillSwitch } from "../../worker/kill-switch";

startKillSwitch();
