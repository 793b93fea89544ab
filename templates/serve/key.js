// On the form editor's page by `build.py serve --admin`, never published: the key that the address on the terminal ends with goes
// along with what the form asks of its server. Storage is this address's own, its port too; a cookie would be every port's.
(function () {
  var NAME = "haitang-form-key";
  var found = /^#key=([\w-]+)$/.exec(location.hash);
  function keep(key) {
    try { localStorage.setItem(NAME, key); } catch (error) { /* then for this page */ }
  }
  function kept() {
    try { return localStorage.getItem(NAME) || ""; } catch (error) { return ""; }
  }
  if (found) {
    keep(found[1]);
    history.replaceState(null, "", location.pathname);
  }
  addEventListener("hashchange", function () { // another run's address, typed into this page
    var next = /^#key=([\w-]+)$/.exec(location.hash);
    if (!next) return;
    keep(next[1]);
    location.replace(location.pathname);
  });
  var ask = window.fetch;
  window.fetch = function (to, how) {
    if (typeof to !== "string" || to.indexOf("/__admin/") !== 0) return ask.call(window, to, how);
    var headers = new Headers(how && how.headers);
    headers.set("X-Haitang-Key", found ? found[1] : kept());
    return ask.call(window, to, Object.assign({}, how, { headers: headers }));
  };
})();
