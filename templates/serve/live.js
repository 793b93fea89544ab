// Put into every page by `build.py serve`, never published. Text is set as text: problems quote strangers.
(function () {
  var state = document.currentScript.getAttribute("data-state");
  function show(told) {
    var box = document.getElementById("serve-problems");
    if (box) box.remove();
    if (!told.problems.length) return;
    box = document.createElement("div");
    box.id = "serve-problems";
    box.setAttribute("role", "alert");
    box.style.cssText = "position:fixed;z-index:99999;left:0;right:0;bottom:0;max-height:60vh;overflow:auto;" +
      "padding:20px 24px;" +
      "background:#fffbf8;color:#2b2326;border-top:4px solid #b8263f;font:16px/1.6 sans-serif;" +
      "box-shadow:0 -8px 32px rgba(0,0,0,.2)";
    var title = document.createElement("strong");
    title.textContent = told.title;
    box.appendChild(title);
    told.problems.forEach(function (line) {
      var row = document.createElement("div");
      row.textContent = line;
      row.style.cssText = "margin-top:8px;font-family:monospace;white-space:pre-wrap";
      box.appendChild(row);
    });
    document.body.appendChild(box);
  }
  function wait() {
    fetch("/__serve/wait?" + state).then(function (answer) { return answer.json(); }).then(function (told) {
      if (told.edition !== Number(state.split(".")[0])) return location.reload();
      state = told.state;
      show(told);
      wait();
    }).catch(function () { setTimeout(wait, 500); });
  }
  fetch("/__serve/now").then(function (answer) { return answer.json(); }).then(show).then(wait);
})();
