// The base beneath the small map of a place's page: painted once, when it is looked at.

import { writeNames, type Box } from "./names";
import { coloursOf, paint, prepared } from "./paint";
import { worldX, worldY } from "./tile";
import { Tiles, type BaseIndex } from "./tiles";

/** `data-base` of the element: longitude and latitude of its middle, and how many degrees of longitude it is wide. */
export function paintSmallMap(element: HTMLElement, root: string, index: BaseIndex): Promise<void> {
  const [lon, lat, degrees] = (element.dataset.base || "").split(",").map(Number) as [number, number, number];
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  const tiles = new Tiles(root, index, (spot) => spot);
  const draw = (): void => {
    const { clientWidth: width, clientHeight: height } = element;
    const scale = (width / degrees) * 360;
    const view = { x: worldX(lon) * scale - width / 2, y: worldY(lat) * scale - height / 2, scale, width, height };
    const context = width ? prepared(canvas, width, height) : null;
    if (!context) return;
    const origin = element.getBoundingClientRect();
    const taken = Array.from(element.querySelectorAll(".mark, small"), (mark): Box => {
      const { left, top, right, bottom } = mark.getBoundingClientRect();
      return [left - origin.left, top - origin.top, right - origin.left, bottom - origin.top];
    });
    const wait = tiles.bring(view);
    if (wait) return void wait.then(draw, (why: unknown) => console.warn(String(why)));
    paint(context, tiles.groups(view), view, coloursOf(element));
    writeNames(context, tiles.groups(view), view, coloursOf(element), taken, 12);
  };
  element.insertBefore(canvas, element.firstChild);
  draw();
  document.addEventListener("haitang:display", draw);
  addEventListener("resize", draw);
  return Promise.resolve();
}
