// An engine is made ready in steps that no finger notices.

const STEP_MS = 8;

/** Until nothing is left to be made ready: `warm` works for some milliseconds, and says whether there is more to do. */
export function warmUp(engine: { warm(milliseconds: number): boolean }): void {
  setTimeout(() => {
    if (engine.warm(STEP_MS)) warmUp(engine);
  }, STEP_MS);
}
