// A press is seen at once and acted on when the finger is lifted inside; whoever slides off has changed their mind. `:active`
// alone comes late on touch screens that wait for a scroll.

const PRESSED = "is-pressed";

export function showPresses(): void {
  let pressed: Element | null = null;
  const let_go = (): void => {
    if (pressed) pressed.classList.remove(PRESSED);
    pressed = null;
  };
  document.addEventListener("pointerdown", (event) => {
    let_go();
    const target = event.target instanceof Element ? event.target.closest("button, [data-go], [role=button]") : null;
    if (!target) return;
    pressed = target;
    target.classList.add(PRESSED);
  }, true);
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, let_go, true);
  document.addEventListener("pointermove", (event) => {
    if (!pressed) return;
    const { left, top, right, bottom } = pressed.getBoundingClientRect();
    if (event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom) let_go();
  }, true);
}
