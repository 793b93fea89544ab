// What is typed into a field, as it is meant.

/** Calls `typed` for every change of a field, but not for what an input method is still composing: nothing may flicker. */
export function onTyped(field: HTMLInputElement, typed: () => void): () => boolean {
  let composing = false;
  field.addEventListener("compositionstart", () => (composing = true));
  field.addEventListener("compositionend", () => {
    composing = false;
    typed(); // Safari tells the last change before this, Chromium after it
  });
  field.addEventListener("input", () => composing || typed());
  return () => composing;
}
