// On embed.html, in another site's frame.

import { startEmbed } from "../embed/embed";

startEmbed();
