// On 404.html: what the address may have meant.

import { startLostAddress } from "../search/lost-address";

startLostAddress();
