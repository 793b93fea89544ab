// The large field of the search page, and the field in every page's header: what is typed is asked at once, but never while an
// input method is still composing.

/** Told by the header's field on pages with a finder, which answer it themselves. */
const HEADER_ASKS = "haitang:query";

export class QueryField {
  /** This page's own; else the header's, which tells us by an event and is only written to. On a page of one need there is none:
   *  there the header's searches everything. */
  private readonly field: HTMLInputElement | null;
  private composing = false;

  /** `asked` is called with what was typed, without spaces around it. */
  constructor(isPart: boolean, private readonly asked: (query: string) => void) {
    const form = document.querySelector<HTMLFormElement>("[data-find-form]");
    this.field = isPart ? null : (form || document).querySelector<HTMLInputElement>("[data-find-form] input, form[data-search] input");
    if (isPart) return;
    document.addEventListener(HEADER_ASKS, (event) => {
      const { detail } = event as CustomEvent<{ query: string }>;
      this.asked(detail.query.trim());
    });
    if (!form || !this.field) return;
    const { field } = this;
    field.addEventListener("compositionstart", () => (this.composing = true));
    field.addEventListener("compositionend", () => {
      this.composing = false;
      this.tell();
    });
    field.addEventListener("input", () => this.tell());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.tell();
      if (matchMedia("(pointer: coarse)").matches) field.blur(); // makes room for the hits where a keyboard covers them
    });
  }

  /** What the finder was asked by other ways; what is being typed is left alone. */
  show(query: string): void {
    const { field } = this;
    if (field && !this.composing && field.value.trim() !== query) field.value = query;
  }

  private tell(): void {
    if (!this.composing && this.field) this.asked(this.field.value.trim());
  }
}
