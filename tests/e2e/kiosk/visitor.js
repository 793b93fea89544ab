// A visitor who means something, and the time that passes while nobody is there. Both lie above the clock of monkey.js: the app
// takes a visit's taps by itself, and the launcher around it leads the time between visits, so that both live through the same.
(() => {
  const { pass, tap, middle, leap } = window.MONKEY;
  const STEP = 10000; // less than an app may be silent
  const STARTING = 1000; // what loads behind the other takes of the browser's own time
  const BREATH_MS = 60;
  const LATE_MS = 2000; // of real time: an app that was killed does not answer
  const MOST_BEHIND = 600000;
  const now = () => performance.now(); // the browser's own time
  /** What messages have arrived meanwhile. */
  const turn = () => new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      done();
    };
    channel.port2.postMessage(0);
  });
  /** What the app does by itself is done in a second of its own; what it waits for takes of the browser's time, and no visit is
   *  over meanwhile. */
  async function until(isSo, what) {
    const begun = now();
    for (let turns = 0; !isSo(); turns++) {
      if (now() - begun > 10 * LATE_MS) throw new Error(`not seen: ${what}, at ${told("at")} in ${document.documentElement.lang}`);
      if (turns > 100) await new Promise(requestAnimationFrame);
      else await turn().then(() => pass(10));
    }
  }

  const seen = (selector) => Array.from(document.querySelectorAll(selector)).filter((key) => key.offsetParent && !key.disabled)[0];
  const told = (name) => document.documentElement.dataset[name];
  /** A finger on what is seen there; then that screen stands. */
  async function on(selector, screen) {
    await until(() => seen(selector), selector);
    tap(middle(seen(selector)));
    await pass(800);
    if (screen) await until(() => told("at") === screen, `${screen} after ${selector}`);
  }
  const WORDS = ["h", "hc", "hecheng", "d", "w", "zhan", "q", "cqz", "dq", "1"];
  const on_bar = (name, screen = name) => on(`.k-bar [data-go=${name}]`, screen);

  async function search(number) {
    await on_bar("search");
    for (const letter of WORDS[number % WORDS.length]) await typed(letter);
    await typed("clear");
    for (const letter of "hc") await typed(letter);
    await on("[data-screen=search] [data-cards] [data-go^='position:']", "position");
  }
  async function typed(key) {
    if (!seen(`[data-key='${key}']`)) await on("[data-key=turn]", "search");
    await on(`[data-screen=search] [data-key='${key}']`, "search");
  }
  async function position() {
    await until(() => document.querySelector("[data-screen=position] [data-code] svg"), "a code to take along");
    for (const tab of Array.from(document.querySelectorAll("[data-screen=position] [data-tab]"))) {
      if (tab.offsetParent) tap(middle(tab));
      await pass(300);
    }
  }
  async function language(number) {
    const others = Array.from(document.querySelectorAll(".k-bar [data-language]"), (key) => key.dataset.language);
    if (!others.length) return;
    const other = others[number % others.length];
    await on(`.k-bar [data-language='${other}']`);
    await until(() => document.documentElement.lang === other, other);
  }
  async function map() {
    await on(".k-bar [data-home]", "home");
    await on("[data-screen=home] [data-go=map]", "map");
    for (const key of ["in", "in", "out", "all", "here"]) if (seen(`[data-map-key=${key}]`)) await on(`[data-map-key=${key}]`, "map");
  }
  async function brands(number) {
    await on(".k-bar [data-home]", "home");
    await on("[data-screen=home] [data-go=brands]", "brands");
    const covers = Array.from(document.querySelectorAll("[data-screen=brands] [data-go^='brand:']")).filter((key) => key.offsetParent);
    if (covers.length) await on(`[data-screen=brands] [data-go='${covers[number % covers.length].dataset.go}']`, "brand");
  }
  async function list() {
    await on(".k-bar [data-home]", "home");
    await on("[data-screen=home] [data-go=list]", "list");
    await on("[data-screen=list] [data-cards] [data-go^='list:']", "list");
    await on(".k-bar [data-back]", "list");
  }
  async function large() {
    await on(".k-bar [data-display]");
    await on("[data-way=large]");
    await on("[data-screen=display] [data-close]");
  }
  const isAttract = () => !document.querySelector(".k-attract").hidden;

  /** One visit, from the first slide on; its number says what is looked at. What comes after it is silence. */
  async function visit(number) {
    if (!isAttract()) throw new Error("somebody is there");
    tap([innerWidth / 2, innerHeight / 2]);
    await pass(1000);
    await until(() => told("at") === "home" && !isAttract(), "the first screen");
    await search(number);
    await position();
    await language(number);
    await on_bar("today");
    await brands(number);
    await map();
    if (number % 3 === 0) await list();
    await large();
    if (number % 4 === 0) await on_bar("search");
  }

  // What the launcher leads: all its apps live through a step, and then it does. What an app lived through in a visit by itself
  // the launcher's clock is set to afterwards.
  let asked = 0;
  let ahead = 0;
  const answered = new Map();
  async function step(ms) {
    const from = window.MONKEY.now();
    let open = 0;
    for (const frame of document.querySelectorAll("iframe.frame")) {
      open++;
      answered.set(++asked, () => open--);
      frame.contentWindow.postMessage({ soak: asked, from, ms }, "*");
    }
    // What is loaded takes of the browser's own time.
    for (const begun = now(); (open || isLoading()) && now() - begun < LATE_MS;) await turn();
    answered.clear();
    await pass(ms);
    await turn();
  }
  const isLoading = () => document.head.querySelector("script[src^='current'], script[src^='releases']");
  /** Something starts. */
  const isChanging = () => document.querySelectorAll("iframe.frame").length !== 1 || !document.querySelector("iframe.is-live");
  async function breathe() {
    for (const begun = now(); now() - begun < BREATH_MS;) await turn();
  }
  /** Until an app is on the screen. */
  async function started() {
    for (let seconds = 0; !document.querySelector("iframe.is-live"); seconds++) {
      if (seconds > 120) throw new Error("nothing starts");
      await step(STARTING);
      await breathe();
    }
    for (let seconds = 0; seconds < 8; seconds++) await step(STARTING); // its search is made, its parts are looked at
  }
  async function live(ms) {
    for (let left = ms; left > 0;) {
      const short = Math.min(left, isChanging() ? STARTING : STEP);
      await step(short);
      if (short === STARTING) await breathe();
      left -= short;
    }
    if (ahead > window.MONKEY.now()) leap(ahead);
  }
  addEventListener("message", ({ data, source }) => {
    if (!data) return;
    if (data.soak) {
      if (window.MONKEY.now() < data.from - MOST_BEHIND) leap(data.from); // it was opened just now
      pass(data.ms).then(() => source.postMessage({ soaked: data.soak, at: window.MONKEY.now() }, "*"));
    } else if (answered.has(data.soaked)) {
      answered.get(data.soaked)();
      ahead = data.at;
    }
  });
  /** The app by itself: the launcher's clock stands still, and so does what it would do. */
  async function alone(ms) {
    for (let left = ms; left > 0; left -= STEP) await pass(Math.min(left, STEP));
    if (!isAttract()) throw new Error("still there");
  }
  window.VISITOR = { visit, alone, live, started };
})();
