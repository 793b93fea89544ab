import {brands, ofBrand} from "../data.js";
import {crumbs, each, h, list, mark, number, page, prose, sources} from "../parts.js";

const GOALS = {planned: "计划中", running: "进行中", done: "已完成"};

export const data = {
  ids: Object.keys(brands),
  pagination: {data: "ids", size: 1, alias: "id"},
  permalink: ({id}) => `brands/${id}.html`,
};

function result({label, unit, series}, name) {
  const last = series.at(-1);
  return `<div class="figure"><dt>${h(name)}<span class="fine"> ${last.at} 年</span></dt><dd><b>${number(last.value)}</b></dd></div><p class="unseen">${h(label)} ${h(unit)} ${each(series, ({at, value}) => `${at} ${value}、`)}</p>`;
}

export function render(data) {
  const brand = brands[data.id], there = ofBrand[brand.id] ?? [];
  return page(data.page.url, "brands", brand.name, `<div class="cover"><div class="wrap">
${crumbs(["党建品牌", "index.html"])}
<div class="cover-text"><h1>${h(brand.name)}</h1>
<p class="slogan">${h(brand.slogan)}</p><p>${h(brand.host)} · ${h(brand.founded)} 年创立</p></div>
</div></div>
<div class="wrap band on-cover">
<section class="panel story"><h2 class="unseen">品牌故事</h2><div class="prose">${prose(brand.story)}</div></section>
<div class="quad">
<section class="panel"><h2>目标</h2><ul class="goals">${each(brand.goals, (goal) => `<li>${mark("point")}<div><h3>${h(goal.title)}</h3><p>${h(goal.text)}</p><p class="fine">${GOALS[goal.status]} ${h(goal.due)} 年前</p></div></li>`)}</ul></section>
<section class="panel"><h2>形象</h2><ul class="goals">${each(brand.people, (person) => `<li>${mark("station")}<div><h3>${h(person.post)}</h3><p>${h(person.text)}</p><p class="honour">${h(person.honour)}</p></div></li>`)}</ul></section>
<section class="panel"><h2>行动</h2><ol class="timeline">${each(brand.actions, (action) => `<li><p class="when"><time datetime="${h(action.on)}">${h(action.on)}</time></p><h3>${h(action.title)}</h3><p>${h(action.text)}</p></li>`)}</ol></section>
<section class="panel"><h2>成果</h2><dl class="figures">${each(brand.results, (shown) => result(shown, brand.name))}</dl></section>
</div>
<section class="run"><h2>${there.length} 处阵地</h2>
${list(there)}</section>
<section class="run"><h2>来源</h2>${sources(brand.sources)}</section>
</div>`);
}
