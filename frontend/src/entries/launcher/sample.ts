// In embed-sample.html, the sample of a host page.

import { startHostSample } from "../../launcher/host-sample";

startHostSample();
