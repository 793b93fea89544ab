// The form editor's page: our own box for places, pictures with names that the data takes, and nothing empty in what is saved.

import { registerPlace } from "./place";
import { renameUploads } from "./uploads";
import { pruned } from "./pruned";

registerPlace();
renameUploads(document);
window.CMS.registerEventListener({
  name: "preSave",
  handler: ({ entry }) => pruned(entry.get("data")),
});
document.querySelector(".a-waiting")?.remove();
