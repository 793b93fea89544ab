// For pages of other sites; documented on data/embed.html. Its address stands there for years: what it does now it goes on doing.

import { startElsewhere } from "../../embed/elsewhere";

const own = document.currentScript as HTMLScriptElement | null;
if (own && own.src) startElsewhere(own.src.replace(/[?#].*$/, "").replace(/[^/]*$/, ""));
