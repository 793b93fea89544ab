// What a public screen must not do, beyond what kiosk.css takes away (pinch, selection, overscroll): menus, dragging, zooming
// keys and dropping files.

const KEYS = ["+", "-", "=", "0", "p", "s", "o", "f", "g", "u", "j", "n", "t", "w", "r"]; // with Ctrl: zoom, print, save, find …

export function lockDown(): void {
  const refuse = (event: Event): void => event.preventDefault();
  for (const name of ["contextmenu", "dragstart", "drop", "dragover", "selectstart", "gesturestart", "auxclick"]) {
    document.addEventListener(name, (event) => {
      if (name !== "selectstart" || !isField(event.target)) refuse(event);
    });
  }
  document.addEventListener("wheel", (event) => event.ctrlKey && refuse(event), { passive: false });
  document.addEventListener("touchmove", (event) => event.touches.length > 1 && event.cancelable && refuse(event), { passive: false });
  document.addEventListener("keydown", (event) => {
    const combined = (event.ctrlKey || event.metaKey) && KEYS.indexOf(event.key.toLowerCase()) >= 0;
    if (combined || /^F\d+$/.test(event.key) || (event.altKey && /^Arrow/.test(event.key))) refuse(event);
  });
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement;
}
