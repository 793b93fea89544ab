import {directory} from "../data.js";
import {crumbs, each, h, page} from "../parts.js";

export const data = {permalink: "tiers/index.html"};

export function render(data) {
  return page(data.page.url, "tiers", "层级", `<div class="head"><div class="wrap">
${crumbs()}
<h1>层级</h1>
</div></div>
<div class="wrap band"><ul class="plots">${each(directory.tiers, (tier) => `
<li class="plot"><h3><a href="${tier.id}.html">${h(tier.name)}</a></h3><p>${h(tier.siting)}</p></li>`)}
</ul></div>`);
}
