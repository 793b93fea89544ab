// In the head of embed.html, before anything is painted: the look that the other site asks for, whatever the visitor chose for pages of
// our own. In its frame nothing may be remembered.

import { themeOf } from "../embed/embed-address";
import { expectedLetter, tellLayout } from "../page/display/letters";

const html = document.documentElement;
html.classList.remove("no-js");
const theme = themeOf(location.search);
if (theme) html.setAttribute("data-theme", theme);
tellLayout(html, expectedLetter(html));
if (location.search.length > 1) html.classList.add("is-asking"); // the finder makes room for its answer
