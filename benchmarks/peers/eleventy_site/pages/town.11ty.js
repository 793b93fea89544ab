import {positions, towns} from "../data.js";
import {crumbs, h, list, page} from "../parts.js";

export const data = {
  ids: Object.keys(towns),
  pagination: {data: "ids", size: 1, alias: "id"},
  permalink: ({id}) => `towns/${id}.html`,
};

export function render(data) {
  const town = towns[data.id], there = Object.values(positions[town.id] ?? {});
  return page(data.page.url, "towns", town.name, `<div class="head"><div class="wrap">
${crumbs(["区镇", "index.html"])}
<h1>${h(town.name)}</h1>
</div></div>
<div class="wrap band"><h2 class="quiet">${there.length} 处阵地</h2>
${list(there)}
</div>`);
}
