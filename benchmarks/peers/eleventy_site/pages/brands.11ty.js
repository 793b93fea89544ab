import {brands, ofBrand} from "../data.js";
import {crumbs, each, h, page} from "../parts.js";

export const data = {permalink: "brands/index.html"};

export function render(data) {
  return page(data.page.url, "brands", "品牌", `<div class="head"><div class="wrap">
${crumbs()}
<h1>品牌</h1>
</div></div>
<div class="wrap band"><ul class="wall">${each(Object.values(brands), (brand) => `
<li class="tile"><h2><a href="${brand.id}.html">${h(brand.name)}</a></h2><p>${h(brand.slogan)}</p><p class="fine">${ofBrand[brand.id]?.length ?? 0} 处阵地</p></li>`)}
</ul></div>`);
}
