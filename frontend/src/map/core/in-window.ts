/** Whether a map lies in the window already, and need not wait until the visitor sets out. */
export function isInWindow(element: HTMLElement): boolean {
  const { top, height } = element.getBoundingClientRect();
  return height > 0 && top < innerHeight;
}
