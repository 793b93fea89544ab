// The bar with a place's actions sticks to the window's lower edge, within reach of a thumb, once the page was scrolled.

export function startThumb(): void {
  if (!document.querySelector(".thumb")) return;
  const stick = (): void => document.documentElement.classList.add("is-scrolled", "has-thumb");
  if (pageYOffset) stick();
  else addEventListener("scroll", stick, { once: true, passive: true });
}
