// How large letters are for this window. Where a line holds few of them the page takes the layout of the simple version by
// itself, whoever made them large: the display settings, the browser, the system, or the chat program that shows the page.

import { make } from "../../core/dom";
import { say } from "../../core/words";

const FEW = 15; // letters of a line; a phone of 390 px holds 21 of the usual ones, 16 of the large ones of our own settings
const COUNT = 10; // letters of the line that is measured

/** Classes of <html>: `is-narrow` by the letters, `is-simple` where the layout is the simple one, chosen or not. */
export function tellLayout(html: HTMLElement, letter: number): void {
  html.classList.toggle("is-narrow", letter > 0 && innerWidth / letter < FEW);
  html.classList.toggle("is-simple", html.classList.contains("is-narrow") || html.hasAttribute("data-elder"));
}

/** Before there is a page and a style sheet: what the settings make of the browser's own letters (templates/styles/tokens.css). */
export function expectedLetter(html: HTMLElement): number {
  const times: { [size: string]: number } = { large: 4 / 3, xlarge: 5 / 3 };
  return parseFloat(getComputedStyle(html).fontSize) * 1.125 * (times[html.dataset["size"] || ""] || 1);
}

/** Keeps the classes true: what is drawn is measured, because a chat program's own size shows nowhere else. */
export function watchLetters(): void {
  const html = document.documentElement;
  const probe = document.body.appendChild(make("span", "letters", "\u9605".repeat(COUNT)));
  probe.setAttribute("aria-hidden", "true");
  const tell = (): void => {
    tellLayout(html, probe.offsetWidth / COUNT);
    if (html.classList.contains("is-simple")) offerWays();
  };
  tell();
  if (window.ResizeObserver) new ResizeObserver(tell).observe(probe);
  addEventListener("resize", tell);
  document.addEventListener("haitang:display", tell);
}

/** The header has no room for the ways any more: a link to where all of them stand. */
function offerWays(): void {
  const foot = document.querySelector(".foot");
  const display = document.querySelector("[data-display]");
  if (!foot || !display || document.querySelector(".top-more")) return;
  foot.id = "foot";
  const link = make("a", "top-more", say("display.ways"));
  link.href = "#foot";
  display.parentNode!.insertBefore(link, display.nextSibling);
}
