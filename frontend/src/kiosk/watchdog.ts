// Looks after the app from inside; the launcher looks after it from outside. An error tells the host and brings the first
// screen back, where nobody is disturbed by it; a screen without a word on it is one, too.

const BLANK_MS = 5_000;

export function watchForErrors(failed: (code: "script" | "blank") => void): void {
  addEventListener("error", () => failed("script"));
  addEventListener("unhandledrejection", () => failed("script"));
  setInterval(() => {
    if (!isTold()) failed("blank");
  }, BLANK_MS);
}

/** Whether anything is to be read on what is shown; the bar and the head are always there and say nothing of it. */
function isTold(): boolean {
  const shown = document.querySelector<HTMLElement>(".k-attract:not([hidden])") || document.querySelector<HTMLElement>(".k-screen:not([hidden])");
  return !!shown && shown.innerText.trim().length > 0;
}
