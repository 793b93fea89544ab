// A panel of choices that a button opens: on phones a dialog over the page that keeps the focus, on wider screens a part of it.

import { make } from "../core/dom";
import { say } from "../core/words";

const FOCUSABLE = "button, input, select, a[href], [tabindex]:not([tabindex='-1'])";
const WIDE = "(min-width: 960px)"; // as in finder.css

export class Sheet {
  private isOpen = false;
  private readonly done = make("button", "btn btn-main sheet-done");
  private readonly wide = matchMedia(WIDE);

  /** `opener` is the button; `panel` gets a head and a foot that only phones show. */
  constructor(private readonly opener: HTMLButtonElement, private readonly panel: HTMLElement, title: string) {
    panel.id = panel.id || "find-filters";
    panel.setAttribute("aria-label", title);
    opener.setAttribute("aria-controls", panel.id);
    const head = make("div", "sheet-head");
    head.appendChild(make("p", "sheet-title", title));
    const close = make("button", "btn", say("find.close"));
    const foot = make("div", "sheet-foot");
    foot.appendChild(this.done);
    for (const button of [close, this.done]) {
      button.type = "button";
      button.addEventListener("click", () => this.close());
    }
    head.appendChild(close);
    panel.insertBefore(head, panel.firstChild);
    panel.appendChild(foot);
    opener.addEventListener("click", () => (this.isOpen ? this.close() : this.open()));
    document.addEventListener("keydown", (event) => this.key(event));
    this.wide.addListener(() => this.show()); // Safari before 14 has no addEventListener here
    this.show();
  }

  /** How many places the choices leave, on the button that leads back to them. */
  tell(count: number): void {
    this.done.textContent = say("find.showCount", { count });
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.show();
    this.opener.focus();
  }

  private open(): void {
    this.isOpen = true;
    this.show();
    if (this.isModal()) this.focusable()[0]!.focus();
  }

  private isModal(): boolean {
    return this.isOpen && !this.wide.matches && !this.panel.closest(".embed"); // what lies over a frame is as high as that
  }

  private show(): void {
    const modal = this.isModal();
    this.panel.classList.toggle("is-open", this.isOpen);
    document.documentElement.classList.toggle("has-sheet", modal); // the page beneath must not scroll
    this.opener.setAttribute("aria-expanded", String(this.isOpen));
    this.panel.setAttribute("role", modal ? "dialog" : "group");
    if (modal) this.panel.setAttribute("aria-modal", "true");
    else this.panel.removeAttribute("aria-modal");
  }

  private key(event: KeyboardEvent): void {
    if (!this.isOpen) return;
    if (event.key === "Escape" && (this.isModal() || this.panel.contains(document.activeElement))) {
      event.preventDefault();
      this.close();
    }
    if (event.key === "Tab" && this.isModal()) this.keepFocus(event);
  }

  private keepFocus(event: KeyboardEvent): void {
    const all = this.focusable();
    const [first, last] = [all[0]!, all[all.length - 1]!];
    const active = document.activeElement;
    if (!this.panel.contains(active) || active === (event.shiftKey ? first : last)) {
      event.preventDefault();
      (event.shiftKey ? last : first).focus();
    }
  }

  private focusable(): HTMLElement[] {
    return Array.from(this.panel.querySelectorAll<HTMLElement>(FOCUSABLE)).filter((element) => element.offsetParent !== null);
  }
}
