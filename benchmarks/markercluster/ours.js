// The page's own script; what the measurement asks of the map is put where it can reach it.

document.addEventListener("haitang:map", (event) => {
  window.bench = { select: (mask) => event.detail.select(mask) };
});
