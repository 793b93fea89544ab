// How high a page is, told to the page whose frame it stands in. Nothing is heard from there.

export const HEIGHT = "haitang:height";

/** Tells the height of `body` now and after every change. */
export function tellHeight(body: HTMLElement): void {
  if (parent === window) return;
  let told = 0;
  const tell = (): void => {
    const height = Math.ceil(body.getBoundingClientRect().height);
    if (!height || height === told) return;
    told = height;
    parent.postMessage({ type: HEIGHT, height }, "*"); // whoever it is: it is no secret, and a file has no name to write to
  };
  tell();
  addEventListener("load", tell);
  addEventListener("resize", tell);
  if (window.ResizeObserver) new ResizeObserver(tell).observe(body);
  else new MutationObserver(tell).observe(body, { attributes: true, childList: true, subtree: true });
}
