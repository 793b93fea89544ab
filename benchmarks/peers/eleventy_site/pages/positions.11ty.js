import {directory, inTier, positions, towns} from "../data.js";
import {crumbs, each, h, list, page} from "../parts.js";

export const data = {permalink: "positions/index.html"};

export function render(data) {
  return page(data.page.url, "positions", "全部阵地", `<div class="head"><div class="wrap">
${crumbs()}
<h1>全部阵地</h1>
<ul class="chips">${each(directory.tiers, (tier) => `<li><a href="../tiers/${tier.id}.html">${h(tier.name)}<b>${inTier[tier.id]?.length ?? 0}</b></a></li>`)}</ul>
</div></div>
<div class="wrap band">${each(Object.keys(positions), (town) => `
<section class="run"><h2><a href="../towns/${town}.html">${h(towns[town].name)}</a></h2>
${list(Object.values(positions[town]))}</section>`)}
</div>`);
}
