// A clock that only moves when it is told to, and a visitor who does anything. Both live inside the kiosk's page; the same seed
// does the same. What it does by synthetic events it does a hundred times as fast as a browser's own touches.
(() => {
  const RealDate = Date;
  let now = RealDate.parse("2026-11-25T10:00:05+08:00");
  let last = 0;
  const timers = new Map();
  window.Date = class extends RealDate {
    constructor(...given) {
      if (given.length) super(...given);
      else super(now);
    }
    static now() {
      return now;
    }
  };
  const set = (act, wait, every, given) => {
    timers.set(++last, { act, at: now + Math.max(wait || 0, 1), every: every && Math.max(wait || 0, 1), given });
    return last;
  };
  window.setTimeout = (act, wait, ...given) => set(act, wait, false, given);
  window.setInterval = (act, wait, ...given) => set(act, wait, true, given);
  window.clearTimeout = window.clearInterval = (id) => void timers.delete(id);

  const next = () => {
    let first = null;
    for (const [id, timer] of timers) if (!first || timer.at < first[1].at) first = [id, timer];
    return first;
  };
  /** Runs what is due, in its order, with what each has promised done before the next. */
  async function pass(ms) {
    const until = now + ms;
    for (let due = next(); due && due[1].at <= until; due = next()) {
      const [id, timer] = due;
      now = Math.max(now, timer.at);
      if (timer.every) timer.at = now + timer.every;
      else timers.delete(id);
      timer.act(...timer.given);
      for (let turn = 0; turn < 5; turn++) await null;
    }
    now = until;
  }

  let seed = 1;
  const chance = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit) => Math.floor(chance() * limit);
  const one = (list) => list[below(list.length)];
  const spot = () => [below(innerWidth), below(innerHeight)];

  const pointer = (target, type, [clientX, clientY], pointerId = 1) =>
    target.dispatchEvent(new PointerEvent(type, {
      bubbles: true, cancelable: true, composed: true, clientX, clientY, pointerId, pointerType: "touch", isPrimary: pointerId === 1,
      button: type === "pointermove" ? -1 : 0, buttons: type === "pointerup" ? 0 : 1,
    }));
  const at = ([x, y]) => document.elementFromPoint(x, y) || document.body;

  function tap(point) {
    const target = at(point);
    pointer(target, "pointerdown", point);
    pointer(target, "pointerup", point);
    target.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, composed: true, clientX: point[0], clientY: point[1] }));
  }
  function middle(element) {
    const { left, top, width, height } = element.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  }
  function tapKey() {
    const keys = Array.from(document.querySelectorAll("button:not([disabled])")).filter((key) => key.offsetParent);
    if (keys.length) tap(middle(one(keys)));
  }
  function drag(from, to, pointerId = 1) {
    const target = at(from);
    pointer(target, "pointerdown", from, pointerId);
    for (let step = 1; step <= 4; step++)
      pointer(target, "pointermove", [0, 1].map((axis) => from[axis] + ((to[axis] - from[axis]) * step) / 4), pointerId);
    pointer(target, "pointerup", to, pointerId);
  }
  function twoFingers() {
    const [a, b] = [spot(), spot()];
    const target = at(a);
    pointer(target, "pointerdown", a, 1);
    pointer(target, "pointerdown", b, 2);
    for (let step = 1; step < 5; step++) {
      pointer(target, "pointermove", [a[0] - 9 * step, a[1] - 9 * step], 1);
      pointer(target, "pointermove", [b[0] + 9 * step, b[1] + 9 * step], 2);
    }
    pointer(target, "pointerup", a, 1);
    pointer(target, "pointerup", b, 2);
  }
  const KEYS = ["a", "b", "e", "h", "i", "k", "l", "q", "u", "y", "z", "5", "0", " ", "Backspace", "Escape", "Enter", "Tab", "ArrowDown", "F5"];
  function press(key, more = {}) {
    const target = document.activeElement || document.body;
    for (const type of ["keydown", "keyup"])
      target.dispatchEvent(new KeyboardEvent(type, Object.assign({ key, bubbles: true, cancelable: true }, more)));
  }
  function wheel() {
    const point = spot();
    at(point).dispatchEvent(new WheelEvent("wheel", {
      bubbles: true, cancelable: true, clientX: point[0], clientY: point[1], deltaY: below(400) - 200, ctrlKey: chance() < 0.1,
    }));
  }
  async function act() {
    const what = chance();
    if (what < 0.45) tapKey();
    else if (what < 0.62) tap(spot());
    else if (what < 0.7) drag(spot(), spot());
    else if (what < 0.8) press(one(KEYS), { ctrlKey: chance() < 0.05 });
    else if (what < 0.84) twoFingers();
    else if (what < 0.88) wheel();
    else if (what < 0.89) for (let n = 0; n < 5; n++) tap([5, 5]);
    else await pass(one([1000, 5000, 20000, 60000, 89000, 95000, 119000]));
    if (!isAttract()) await pass(below(900));
    return what < 0.89 ? now : 0;
  }

  const element = (name) => document.querySelector(`[data-screen="${name}"]`);
  const isAttract = () => !element("attract").hidden && !element("attract").classList.contains("is-leaving");
  const isAsked = () => !element("question").hidden && !element("question").classList.contains("is-leaving");

  /** Nobody touches anything any more. Gives the seconds until the question and until the first screen. */
  async function silence() {
    const told = { asked: null, home: null, large: document.documentElement.dataset.size === "large", began: !isAttract() };
    for (let second = 0; second <= 155 && told.home === null; second++) {
      if (isAsked() && told.asked === null) told.asked = second;
      if (isAttract()) told.home = second;
      else await pass(1000);
    }
    await pass(2000); // what fades has faded
    told.screen = document.documentElement.dataset.at;
    told.left = document.querySelectorAll("[data-size], [data-contrast], [data-reach]").length
      + Array.from(document.querySelectorAll("input")).filter((field) => field.value).length + String(getSelection()).length;
    return told;
  }
  /** The same round through all screens, so that two moments can be compared. */
  async function tour(screens) {
    await silence();
    tap([innerWidth / 2, innerHeight / 2]);
    await pass(1000);
    const key = document.querySelector("[data-go]");
    const address = key.dataset.go;
    for (const screen of screens) {
      key.dataset.go = screen;
      key.click();
      await pass(1500);
    }
    key.dataset.go = address;
    return silence();
  }
  window.MONKEY = {
    pass, silence, tour, tap, middle,
    now: () => now,
    timers: () => timers.size,
    /** As if the page had been opened at that moment. */
    leap(to) {
      for (const timer of timers.values()) timer.at += to - now;
      now = to;
    },
    start: (number) => (seed = number),
    /** Some visits one after the other; what each ended with. */
    async visits(count) {
      const told = [];
      for (let visit = 0; visit < count; visit++) {
        if (isAttract()) tap(spot());
        for (let left = 4 + below(14); left; left--) await act();
        told.push(await silence());
      }
      return told;
    },
  };
})();
