// All screens, by name. A screen is made once and shown often; its element stands in templates/kiosk/shell.html.

import type { ScreenFactory } from "../core/app";
import { aboutScreen } from "./about";
import { brandScreen } from "./brand";
import { brandsScreen } from "./brands";
import { homeScreen } from "./home";
import { listScreen } from "./list";
import { mapScreen } from "./map";
import { needScreen } from "./need";
import { positionScreen } from "./position";
import { searchScreen } from "./search";
import { todayScreen } from "./today";

export const SCREENS: readonly (readonly [name: string, make: ScreenFactory])[] = [
  ["home", homeScreen],
  ["search", searchScreen],
  ["list", listScreen],
  ["need", needScreen],
  ["map", mapScreen],
  ["position", positionScreen],
  ["brands", brandsScreen],
  ["brand", brandScreen],
  ["today", todayScreen],
  ["about", aboutScreen],
];
