import {inTier, tiers} from "../data.js";
import {crumbs, h, list, page} from "../parts.js";

export const data = {
  ids: Object.keys(tiers),
  pagination: {data: "ids", size: 1, alias: "id"},
  permalink: ({id}) => `tiers/${id}.html`,
};

export function render(data) {
  const tier = tiers[data.id], there = inTier[tier.id] ?? [];
  return page(data.page.url, "tiers", tier.name, `<div class="head head-${tier.id}"><div class="wrap">
${crumbs(["全部阵地", "../positions/index.html"])}
<h1>${h(tier.name)}</h1>
</div></div>
<div class="wrap band">
<dl class="facts is-wide"><div><dt>关键词</dt><dd>${h(tier.keyword)}</dd></div><div><dt>设在哪里</dt><dd>${h(tier.siting)}</dd></div><div><dt>功能</dt><dd>${h(tier.functions.join("、"))}</dd></div></dl>
<section class="run"><h2>${there.length} 处阵地</h2>
${list(there)}
</section></div>`);
}
