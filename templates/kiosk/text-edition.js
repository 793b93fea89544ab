// The text edition, for when the touch screen does not start. It stands in the page's <noscript>, so it is seen without scripts,
// and this shows it when there is no app for some seconds, whatever kept it away; an app that comes after all takes it away again.
// The rule: ES5 and an element of its own before all other scripts. It must run where those do not, and knows nothing of them.
(function () {
  var PATIENCE = 7, AGAIN = 300; // seconds without an app: until the text is shown, and until everything is loaded anew
  var ZONE = 8 * 3600000, YEARS = 6; // as in frontend/src/schedule/clock.ts: Shanghai, and when a clock is no longer believed
  var without = 0, box = null;

  function show() {
    var text = document.querySelector("noscript");
    if (!text) return elsewhere();
    box = document.createElement("div");
    box.innerHTML = text.textContent; // with scripts on, it is text: the HTML that we wrote
    leave(box.querySelectorAll("[data-until]"), box.querySelector("[data-told]"));
    text.parentNode.appendChild(box);
  }

  // The page is not whole, as a stick leaves it that was pulled out too early: the plain one beside it leads back here after a while.
  function elsewhere() {
    if (window === parent) location.replace("plain.html");
  }

  // Notices that are over leave, and what told of them where none is left. Loading anew goes on from there on the next day.
  function leave(lines, told) {
    var day = new Date(+new Date() + ZONE).toISOString().slice(0, 10);
    var built = document.documentElement.getAttribute("data-built") || day;
    if (day < built || parseInt(day, 10) - parseInt(built, 10) > YEARS) return;
    for (var at = 0; at < lines.length; at++) if (lines[at].getAttribute("data-until") < day) lines[at].parentNode.removeChild(lines[at]);
    if (told && !told.querySelector("[data-until]")) told.parentNode.removeChild(told);
  }

  setInterval(function () {
    if (document.querySelector("html[data-started], iframe.is-live")) {
      without = 0;
      if (box) box.parentNode.removeChild(box);
      box = null;
      return;
    }
    without += 1;
    if (without >= PATIENCE && !box) show();
    if (without % AGAIN === 0) location.reload();
  }, 1000);
})();
