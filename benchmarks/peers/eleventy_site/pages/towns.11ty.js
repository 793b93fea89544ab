import {directory, positions} from "../data.js";
import {crumbs, each, h, page} from "../parts.js";

export const data = {permalink: "towns/index.html"};

export function render(data) {
  return page(data.page.url, "towns", "区镇", `<div class="head"><div class="wrap">
${crumbs()}
<h1>区镇</h1>
</div></div>
<div class="wrap band"><ul class="plots">${each(directory.areas[0].towns, (town) => `
<li class="plot"><h3><a href="${town.id}.html">${h(town.name)}</a></h3><p class="plot-count"><b>${Object.keys(positions[town.id] ?? {}).length}</b> 处</p></li>`)}
</ul></div>`);
}
