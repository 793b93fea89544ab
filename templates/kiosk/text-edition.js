// The text edition, for when the touch screen does not start. It stands in the page's <noscript>, so it is seen without scripts,
// and this shows it when there is no app for some seconds, whatever kept it away; an app that comes after all takes it away again.
// The rule: ES5 and an element of its own before all other scripts. It must run where those do not, and knows nothing of them.
(function () {
  var PATIENCE = 7, AGAIN = 300; // seconds without an app: until the text is shown, and until everything is loaded anew
  var without = 0, box = null;

  function show() {
    var text = document.querySelector("noscript");
    box = document.createElement("div");
    box.innerHTML = text.textContent; // with scripts on, it is text: the HTML that we wrote
    text.parentNode.appendChild(box);
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
