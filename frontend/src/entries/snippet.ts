// On data/embed.html.

import { startSnippet } from "../embed/snippet";

startSnippet();
