// A wall is wide enough to keep the map in sight: it stands at the left whatever list or place is shown at the right of it
// (templates/kiosk/wall.css). The rule: one attribute of <html> says that this is a wall, for scripts and styles alike.

const WALL = "(orientation: landscape) and (min-width: 2560px)";

/** Calls when the screen has become a wall, or none; a hall's own never does. */
export function keepWall(changed: () => void): void {
  const query = matchMedia(WALL);
  const tell = (): void => {
    if (query.matches) document.documentElement.dataset.wall = "";
    else delete document.documentElement.dataset.wall;
  };
  tell();
  query.addListener(() => {
    tell();
    changed();
  });
}

/** Where the map of a screen (`.has-map`) stands instead, if this is a wall; others keep their own. */
export function placeOnWall(element: Element): HTMLElement | null {
  const room = "wall" in document.documentElement.dataset && element.closest(".has-map") ? element.closest(".kiosk") : null;
  const place = room && room.querySelector<HTMLElement>("[data-wall-map] [data-map]");
  return place && place !== element ? place : null;
}
