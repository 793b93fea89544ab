import {brands, directory, inTier, ofBrand, positions} from "../data.js";
import {card, each, h, page} from "../parts.js";

export const data = {permalink: "index.html"};

export function render(data) {
  return page(data.page.url, "home", "样例先锋阵地名录", `<div class="hero"><div class="wrap"><div class="hero-text">
<h1>今天哪里开放？</h1>
<p class="lead">${h(directory.description)}</p>
</div></div></div>
<section class="wrap band"><h2>先看这几处</h2>
<ul class="cards is-narrow">${each(inTier.centre.slice(0, 6), (position) => card(position, ""))}</ul>
</section>
<section class="band tint"><div class="wrap"><h2>三个层级</h2>
<ul class="tiers">${each(directory.tiers, (tier) => `
<li class="tier t-${tier.id}"><a href="tiers/${tier.id}.html"><h3>${h(tier.name)}</h3><p class="keyword">${h(tier.keyword)}</p><p class="fine">${h(tier.siting)}</p><p class="tier-count"><b>${inTier[tier.id]?.length ?? 0}</b> 处</p></a></li>`)}
</ul></div></section>
<section class="wrap band"><h2>各区镇</h2>
<ul class="chips">${each(directory.areas[0].towns, (town) => `
<li><a href="towns/${town.id}.html">${h(town.name)}<b>${Object.keys(positions[town.id] ?? {}).length}</b></a></li>`)}
</ul></section>
<section class="wrap band"><h2>党建品牌</h2>
<ul class="chips">${each(Object.values(brands), (brand) => `
<li><a href="brands/${brand.id}.html">${h(brand.name)}<b>${ofBrand[brand.id]?.length ?? 0}</b></a></li>`)}
</ul></section>`, directory.description);
}
