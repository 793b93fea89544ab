// The bar with a place's actions sticks to the window's lower edge, within reach of a thumb, once the page was scrolled.

export function startActionBar(): void {
  if (!document.querySelector(".thumb")) return;
  const root = document.documentElement.classList;
  root.add("has-thumb"); // the room for it from the start: the very scrolling that brings it must not end beneath it
  const stick = (): void => root.add("is-scrolled");
  if (pageYOffset) stick();
  else addEventListener("scroll", stick, { once: true, passive: true });
}
