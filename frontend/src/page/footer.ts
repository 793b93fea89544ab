// Pages of places come with a short footer; the whole one comes once for all of them, beside the words (assets/words.js).

/** Made by the same template as that of other pages (haitang/site/exports/browser_words.py), and parsed apart: no script in it would run. */
export function completeFooter(): void {
  const short = document.querySelector("footer[data-foot]");
  const foot = window.HAITANG && (window.HAITANG["foot"] as { html: string } | undefined);
  const whole = short && foot && new DOMParser().parseFromString(foot.html, "text/html").querySelector("footer");
  if (whole) short.parentNode!.replaceChild(document.adoptNode(whole), short);
}
