// What is laid out wrongly in what is shown, and where everything stands: for tests, in browsers of any age.
window.layout = (() => {
  const SEEN = ".k-head, .k-bar, [data-screen]:not([hidden])";
  const APART = "svg, .k-map, .unseen, script, style, noscript";
  // Without what is only a state: where a text just fits, in one browser or the other, it is tight or not.
  const named = (element) => (element.getAttribute("class") || "").replace(/\bis-\S+/g, "").trim();
  const told = (element) => `${element.localName}.${named(element)} ${element.textContent.trim().slice(0, 16)}`;
  const isSeen = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";
  const all = (selector) => {
    const tops = [...document.querySelectorAll(SEEN)].filter(isSeen);
    const lying = tops.filter((one) => one.matches(".k-attract, .k-sheet, .k-question, [data-screen=staff-pad]"));
    const found = new Set();
    for (const top of lying.length ? lying.slice(-1) : tops) for (const one of top.querySelectorAll(selector)) found.add(one);
    return [...found].filter((one) => isSeen(one) && !one.closest(APART));
  };
  const meet = (one, other, by) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > by
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > by;

  /** The part of a line of text that is shown: as high as its letters. null: none. `cut` is told of one that ends at an edge. */
  const shownPart = (rect, parent, size, cut) => {
    const middle = (rect.top + rect.bottom) / 2;
    const box = { left: rect.left, right: rect.right, top: middle - size * 0.4, bottom: middle + size * 0.4 };
    for (let around = parent; around && around !== document.body; around = around.parentElement) {
      const { overflowX, textOverflow } = getComputedStyle(around);
      if (overflowX === "visible") continue;
      const its = around.getBoundingClientRect();
      if (textOverflow !== "ellipsis" && (box.right > its.right + 2 || box.left < its.left - 2)) cut();
      box.left = Math.max(box.left, its.left);
      box.right = Math.min(box.right, its.right);
      box.top = Math.max(box.top, its.top);
      box.bottom = Math.min(box.bottom, its.bottom);
    }
    return box.right - box.left > 1 && box.bottom - box.top > size * 0.3 ? box : null;
  };

  const lines = (found) => {
    const seen = [];
    for (const parent of all("*")) {
      for (const node of parent.childNodes) {
        if (node.nodeType !== 3 || !node.data.trim()) continue;
        const range = document.createRange(), size = parseFloat(getComputedStyle(parent).fontSize);
        range.selectNodeContents(node);
        for (const rect of range.getClientRects()) {
          if (!rect.width) continue;
          const box = shownPart(rect, parent, size, () => found.push(`text cut: ${told(parent)}`));
          if (box) seen.push([parent, node, box]);
        }
      }
    }
    return seen;
  };

  const faults = () => {
    const found = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push(`wider than the window: ${document.documentElement.scrollWidth}`);
    const keys = all("button").map((key) => [key, key.getBoundingClientRect()]);
    keys.forEach(([key, box], at) => {
      if (box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1) found.push(`outside: ${told(key)}`);
      if (key.scrollWidth > key.clientWidth + 1 || key.scrollHeight > key.clientHeight + 2) found.push(`key cut: ${told(key)}`);
      for (const [other, its] of keys.slice(at + 1)) if (meet(box, its, 1)) found.push(`keys meet: ${told(key)} | ${told(other)}`);
    });
    const texts = lines(found);
    texts.forEach(([one, node, box], at) => {
      for (const [other, its, second] of texts.slice(at + 1)) {
        // What is cut to one line by an ellipsis has a box for either part.
        if (its !== node && meet(box, second, 1.5)) found.push(`text on text: ${told(one)} | ${told(other)}`);
      }
    });
    return found;
  };

  /** [what, left, top, width, height] of keys, titles and blocks, as seen from the kiosk's own corner, which wanders against
      burn-in. What is another where a text or a row of a list just fits, or does not, begins with "list". Long texts are left out: each of their lines may be a fraction lower than in another browser. */
  const boxes = () => {
    const { left, top } = document.getElementById("kiosk").getBoundingClientRect();
    const blocks = "button, h1, h2, .k-see, .k-do, .k-title, .k-cards, .k-chips, .k-way, .k-code, .k-take, .k-query";
    return all(blocks).filter((one) => !one.closest(".k-read")).map((one) => {
      const box = one.getBoundingClientRect();
      const list = one.matches(".k-cards, .k-card, .k-turner button, [data-mover] button") ? "list: " : "";
      return [list + told(one)].concat([box.left - left, box.top - top, box.width, box.height].map(Math.round));
    });
  };

  return { faults, boxes };
})();
