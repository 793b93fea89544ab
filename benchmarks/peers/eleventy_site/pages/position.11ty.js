import {all, brands, byId, children, directory, groups, tiers, towns} from "../data.js";
import {crumbs, each, h, mark, number, page, prose, sources, state, status, week} from "../parts.js";

export const data = {
  ids: all.map((position) => position.id),
  pagination: {data: "ids", size: 1, alias: "id"},
  permalink: ({id}) => `positions/${id}.html`,
};

const link = (address, text, more = 'class="btn" rel="noopener noreferrer"') => `<a href="${h(address)}" ${more}>${text}</a>`;

function way({address}, amap, lat, lon, name) {
  return `<section id="way" class="way">
<h2>怎么去</h2>
<p class="address">${h(address)}</p>
<p class="apps">${link(amap, "高德地图", 'class="btn btn-main" rel="noopener noreferrer"')}${link(`https://api.map.baidu.com/marker?location=${lat},${lon}&title=${name}&content=${name}&output=html&coord_type=wgs84&src=webapp.haitanghonghua.site`, "百度地图")}${link(`https://apis.map.qq.com/uri/v1/routeplan?type=walk&to=${name}&tocoord=${lat},${lon}&coord_type=1&referer=haitanghonghua`, "腾讯地图")}${link(`https://maps.apple.com/?daddr=${lat},${lon}&dirflg=w`, "苹果地图")}${link(`geo:${lat},${lon}`, "其他地图", 'class="btn only-touch" rel="noopener noreferrer"')}</p>
</section>`;
}

function offered(p) {
  return `<section><h2>能办什么</h2>
<div class="groups">${each(Object.entries(grouped(p.services)), ([group, names]) => `<div><h3>${h(group)}</h3><ul class="ticks">${each(names, (name) => `<li>${h(name)}</li>`)}</ul></div>`)}</div>
</section>
<section><h2>便民设施</h2><ul class="chips is-flat">${each(p.facilities, (facility) => `<li>${h(facility)}</li>`)}</ul></section>
<section><h2>活动</h2>
<ul class="events">${each(p.activities, (activity) => `<li><h3>${h(activity.name)}</h3><p class="when"><span>${h(activity.when)}</span> <span>${h(activity.place)}</span></p><p>${h(activity.text)}</p></li>`)}</ul>
</section>`;
}

function grouped(services) {
  const found = {};
  for (const name of services) (found[groups[name]] ??= []).push(name);
  return found;
}

function rest(p) {
  return `<section><h2>数字</h2><dl class="figures">${each(p.figures, (figure) => `<div class="figure"><dt>${h(figure.label)}<span class="fine"> ${figure.as_of} 年</span></dt><dd><b>${number(figure.value)}</b> <span>${h(figure.unit)}</span></dd><dd class="fine">来源 ${h(figure.source)}</dd></div>`)}</dl></section>
<section><h2>空间</h2>
<ul class="rooms">${each(p.spaces, (space) => `<li><h3>${h(space.name)} <span class="fine">${space.area_m2} 平方米</span></h3><p>${h(space.text)}</p></li>`)}</ul>
</section>
<section><h2>承诺</h2><dl class="pledges">${each(p.pledges, (pledge) => `<div><dt>${h(pledge.post)}</dt><dd>${h(pledge.text)}</dd></div>`)}</dl></section>
<section><h2>介绍</h2><div class="prose">${prose(p.story)}</div></section>`;
}

function about(p, tier, town) {
  return `<section class="panel"><h2>关于这里</h2>
<dl class="facts">
<div><dt>层级</dt><dd><a href="../tiers/${p.tier}.html">${h(tier.name)}</a></dd></div>
<div><dt>区镇</dt><dd><a href="../towns/${p.town}.html">${h(town.name)}</a></dd></div>
<div><dt>村（社区）</dt><dd>${h(p.community)}</dd></div>
<div><dt>场所类型</dt><dd>${h(p.site_kind)}</dd></div>
<div><dt>主办单位</dt><dd>${h(p.host)}</dd></div>
<div><dt>启用时间</dt><dd><time datetime="${h(p.opened)}">${h(p.opened)}</time></dd></div>
<div><dt>面积</dt><dd>${number(p.area_m2)} 平方米</dd></div>
<div><dt>功能</dt><dd>${h(p.functions.join("、"))}</dd></div>
</dl></section>`;
}

function family(p, parent, children) {
  if (!parent && !children.length) return "";
  const row = (position, more = "") => `<li><a href="${position.id}.html">${mark(position.tier)}<span>${h(position.name)}</span>${more}</a></li>`;
  return `<section class="panel"><h2>上级和下级</h2>
<ul class="rows">${parent ? row(parent, "<small>上级阵地</small>") : ""}
${each(children, (child) => row(child))}</ul>
</section>`;
}

export function render(data) {
  const p = byId[data.id], town = towns[p.town], tier = tiers[p.tier], {lon, lat} = p.location, name = encodeURIComponent(p.name);
  const repository = directory.repository.url;
  const correct = `${repository}/issues/new?title=${encodeURIComponent(`纠错 ${p.name} (${p.id})`)}`;
  const amap = `https://uri.amap.com/navigation?to=${lon},${lat},${name}&mode=walk&src=haitanghonghua&callnative=1`;
  const told = `${p.name}，${town.name}。${p.address}。${p.story.replaceAll("**", "")}`.slice(0, 120);
  const holidays = p.closed_on_holidays && `<p class="fine">${p.closed_on_holidays === "是" ? "法定节假日休息" : "法定节假日照常开放"}</p>`;
  return page(data.page.url, "positions", p.name, `<div class="head head-${p.tier}">
<svg class="head-art mark-${p.tier}" viewBox="-52 -52 104 104" aria-hidden="true" focusable="false"><use href="#f-${p.tier}" x="-52" y="-52" width="104" height="104"/></svg>
<div class="wrap">
${crumbs(["区镇", "../towns/index.html"], [town.short_name, `../towns/${p.town}.html`])}
<div class="head-row">${mark(p.tier)}<div>
<h1>${h(p.name)}</h1>
${p.aliases ? `<p class="aka">又称 ${h(p.aliases.join("、"))}</p>` : ""}
<p class="tags"><a class="tag t-${p.tier}" href="../tiers/${p.tier}.html">${h(tier.name)}</a>${status(p)}
 ${state(p.hours, 24)}
 <span class="tag ok">已核实</span>
${each(p.brands, (id) => ` <a class="tag brand" href="../brands/${id}.html">${h(brands[id].name)}</a>`)}</p>
</div></div>
</div>
</div>
<div class="wrap cols">
<div class="col-main">
${way(p, amap, lat, lon, name)}
${week(p.hours)}${holidays ?? ""}
</section>
<section class="phone"><h2>电话</h2><p><a class="big-link" href="tel:${h(p.phone)}">${h(p.phone)}</a></p></section>
${offered(p)}
${rest(p)}
</div>
<aside class="col-side" aria-label="关于这里">
${about(p, tier, town)}
${family(p, byId[p.parent], children[p.id] ?? [])}
<section class="panel"><h2>同一区镇</h2>
<p><a class="more" href="../towns/${p.town}.html">${h(town.short_name)}全部阵地</a></p></section>
<section class="panel"><h2>来源</h2>
${sources(p.sources)}
<p class="verified">${h(p.verified.by)}核实于 <time datetime="${h(p.verified.on)}">${h(p.verified.on)}</time></p>
<p class="apps">${link(correct, "报告错误", 'class="btn" rel="noopener noreferrer nofollow"')}${link(`${repository}/edit/main/positions/${p.town}/${p.id}.yml`, "改一改", 'class="btn" rel="noopener noreferrer nofollow"')}</p>
</section>
</aside>
</div>
<nav class="thumb" aria-label="常用操作">
${link(amap, "导航", 'class="is-main" rel="noopener noreferrer"')}
<a href="tel:${h(p.phone)}">电话</a>
${link(correct, "纠错", 'rel="noopener noreferrer nofollow"')}
</nav>`, told);
}
