// How a visitor wants to read: larger, with more contrast, lower, aloud. Gone with the visitor.

export class Display {
  constructor(private readonly changed: () => void) {}

  get isLarge(): boolean {
    return document.documentElement.dataset.size === "large";
  }

  reset(): void {
    delete document.documentElement.dataset.size;
    this.changed();
  }

  /** Another screen is shown: what is being read aloud stops. */
  quiet(): void {
    if (window.speechSynthesis) speechSynthesis.cancel();
  }
}
