// Published as sw.js while the site is kept for when there is no network: haitang/site/service_worker.py.

import { startServiceWorker } from "../../worker/service-worker";

startServiceWorker();
