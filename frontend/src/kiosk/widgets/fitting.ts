// How many of a box's children are wholly seen. The rule: measured once for all of them, for each question lays out the page anew.

/** Of the first `count` children, those before the first that reaches below the box with its margin. */
export function fittingCount(box: HTMLElement, count: number): number {
  if (!count || box.scrollHeight <= box.clientHeight + 1) return count;
  const margin = parseFloat(getComputedStyle(box.children[0]!).marginBottom) || 0;
  const end = box.getBoundingClientRect().top + box.clientTop + box.clientHeight + 1;
  let fits = 0;
  while (fits < count && box.children[fits]!.getBoundingClientRect().bottom + margin <= end) fits++;
  return fits;
}
