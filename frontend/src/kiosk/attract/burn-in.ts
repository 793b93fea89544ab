// Keeps a picture from burning into the panel: once a minute everything moves by a few pixels, and every ten minutes what stands
// in one place between visitors changes sides. Both are worked out from the time alone, so nothing has to be remembered.

const STEP_MS = 60_000;
const MIRROR_MS = 600_000;
const AWAY = 4; // pixels
const STEPS: readonly (readonly [x: number, y: number])[] = [[1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1]];

export function shiftAt(moment: number): [x: number, y: number] {
  const [x, y] = STEPS[part(moment / STEP_MS, STEPS.length)]!;
  return [x * AWAY, y * AWAY];
}

export function isMirrored(moment: number): boolean {
  return part(moment / MIRROR_MS, 2) === 1;
}

/** Also of moments before 1970, which a dead battery can bring. */
function part(steps: number, count: number): number {
  return ((Math.floor(steps) % count) + count) % count;
}

/** Moves the page from now on; attract.css says what is moved. */
export function keepMoving(): void {
  const move = (): void => {
    const now = Date.now();
    const [x, y] = shiftAt(now);
    const { style } = document.documentElement;
    style.setProperty("--shift-x", `${x}px`);
    style.setProperty("--shift-y", `${y}px`);
    setTimeout(move, STEP_MS - part(now, STEP_MS));
  };
  move();
}
