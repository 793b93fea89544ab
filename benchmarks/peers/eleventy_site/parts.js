// What pages share. What Hugo's templates cache (partialCached) is kept here too.
import markdown from "markdown-it";
import {brands, directory, tiers, towns} from "./data.js";

const ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"};
const NUMBERS = new Intl.NumberFormat("en-US", {maximumFractionDigits: 0});
const DAYS = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
const NAMED = {"周一至周五": [0, 4], "周六": [5, 5], "周日": [6, 6], "周末": [5, 6], "每天": [0, 6], "24小时": [0, 6]};
const SECTIONS = [["找阵地", "positions"], ["区镇", "towns"], ["品牌", "brands"], ["层级", "tiers"]];
const STATUSES = {planned: "筹建", upgrading: "提升改造", paused: "暂停开放", closed: "已撤销", merged: "已合并"};
const TITLE = "样例先锋阵地名录";
const ADDRESS = "https://directory.example.org/";
const reader = markdown({breaks: true});

export const h = (value) => String(value ?? "").replace(/[&<>"']/g, (sign) => ENTITIES[sign]);
export const each = (items, shown, between = "") => (items ?? []).map(shown).join(between);
export const number = (value) => NUMBERS.format(value);
export const prose = (text) => reader.render(text);
export const mark = (tier) => `<svg class="mark mark-${h(tier)}" aria-hidden="true"><use href="#f-${h(tier)}"/></svg>`;
export const status = (position) => (STATUSES[position.status] ? ` <span class="tag s-${h(position.status)}">${STATUSES[position.status]}</span>` : "");

function once(make) {
  const made = new Map();
  return (key, ...rest) => {
    if (!made.has(key)) made.set(key, make(key, ...rest));
    return made.get(key);
  };
}

const hours = once((text) => {
  const days = DAYS.map(() => []);
  for (const rule of text.split("；")) {
    const [named, ...rest] = rule.split(" ");
    const spans = (rule === "24小时" ? "00:00-24:00" : rest.join("")).split(",").map((span) => {
      const [start, end] = span.split("-").map((time) => time.split(":").reduce((sum, part) => sum * 60 + Number(part), 0));
      return {text: span.replace("-", "–"), start, end};
    });
    const [from, to] = NAMED[named];
    days.fill(spans, from, to + 1);
  }
  const week = days.map((spans) => spans.map((span) => `${span.start}-${span.end}`).join("+")).join("|");
  return {days, week, always: text === "24小时"};
});

export const week = once((text) => {
  const known = hours(text);
  const bar = (spans) => each(spans, (span) => `<rect x="${span.start}" width="${span.end - span.start}" height="10"/>`);
  const told = (spans) => each(spans, (span) => `<span>${span.text}</span> `) || '<span class="is-shut">休息</span>';
  const table = () => `<table class="week" data-week="${known.week}"><tbody>${each(known.days, (spans, index) => `
<tr data-day="${index + 1}"><th scope="row">${DAYS[index]}</th><td>${told(spans)}</td><td class="bar" aria-hidden="true"><svg viewBox="0 0 1440 10" preserveAspectRatio="none" focusable="false"><path d="M0 5H1440"/>${bar(spans)}</svg></td></tr>`)}
</tbody></table>`;
  return `<section><h2>开放时间</h2>
${known.always ? '<p class="address">24 小时开放</p>' : table()}
`;
});

export function state(text, longest) {
  const known = hours(text);
  if (known.always) return '<span class="tag state is-open">24 小时开放</span>';
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return `<span class="tag state" data-hours="${known.week}">${h(shown)}</span>`;
}

const cards = {"": new Map(), "../": new Map()};

export function card(position, root) {
  if (!cards[root].has(position.id)) cards[root].set(position.id, makeCard(position, root));
  return cards[root].get(position.id);
}

function makeCard(p, root) {
  return `<li class="card">${mark(p.tier)}<div><h3><a href="${root}positions/${p.id}.html">${h(p.name)}</a></h3>
<p>${h(p.community)} · ${h(p.address)}</p>
<p class="tags"><span class="tag t-${p.tier}">${h(tiers[p.tier].short_name)}</span>${status(p)} ${p.status === "planned" ? "" : state(p.hours, 18)} <span class="tag place">${h(towns[p.town].short_name)}</span>${each(p.brands, (id) => ` <span class="tag brand">${h(brands[id].name)}</span>`)}</p></div></li>`;
}

export const list = (positions, root = "../") => `<ul class="cards">
${each(positions, (position) => card(position, root), "\n")}
</ul>`;
export const crumbs = (...steps) => `<nav class="crumbs" aria-label="当前位置"><ol><li><a href="../index.html">首页</a></li>${each(steps, ([text, address]) => `<li><a href="${address}">${h(text)}</a></li>`)}</ol></nav>`;
export const sources = (given) => `<ol class="sources">${each(given, (source) => `<li><p><a href="${h(source.url)}" rel="noopener noreferrer nofollow">${h(source.title)}</a></p><p class="fine">${h(source.publisher)} <time datetime="${source.date}">${source.date}</time> <span class="host">${h(source.url.split("/")[2])}</span></p></li>`)}</ol>`;

const SPRITE = `<svg class="sprite" width="0" height="0" aria-hidden="true" focusable="false">
<symbol id="f-centre" viewBox="-52 -52 104 104"><path d="M0-4C-7-13-22-20-22-33-22-45-10-51 0-45 10-51 22-45 22-33 22-20 7-13 0-4z"/><path transform="rotate(72)" d="M0-4C-7-13-22-20-22-33-22-45-10-51 0-45 10-51 22-45 22-33 22-20 7-13 0-4z"/><path transform="rotate(144)" d="M0-4C-7-13-22-20-22-33-22-45-10-51 0-45 10-51 22-45 22-33 22-20 7-13 0-4z"/><path transform="rotate(216)" d="M0-4C-7-13-22-20-22-33-22-45-10-51 0-45 10-51 22-45 22-33 22-20 7-13 0-4z"/><path transform="rotate(288)" d="M0-4C-7-13-22-20-22-33-22-45-10-51 0-45 10-51 22-45 22-33 22-20 7-13 0-4z"/><circle r="7"/></symbol>
<symbol id="f-station" viewBox="-52 -52 104 104"><path d="M0-8C-4-16-17-23-17-35-17-45-8-50 0-46 8-50 17-45 17-35 17-23 4-16 0-8z"/><path transform="rotate(72)" d="M0-8C-4-16-17-23-17-35-17-45-8-50 0-46 8-50 17-45 17-35 17-23 4-16 0-8z"/><path transform="rotate(144)" d="M0-8C-4-16-17-23-17-35-17-45-8-50 0-46 8-50 17-45 17-35 17-23 4-16 0-8z"/><path transform="rotate(216)" d="M0-8C-4-16-17-23-17-35-17-45-8-50 0-46 8-50 17-45 17-35 17-23 4-16 0-8z"/><path transform="rotate(288)" d="M0-8C-4-16-17-23-17-35-17-45-8-50 0-46 8-50 17-45 17-35 17-23 4-16 0-8z"/><circle class="f-heart" r="6"/></symbol>
<symbol id="f-point" viewBox="-52 -52 104 104"><path class="f-stem" d="M0 14C2 28 8 38 18 48"/><path d="M0-44C16-30 22-14 19 2 17 12 9 18 0 18S-17 12-19 2C-22-14-16-30 0-44z"/></symbol>
<symbol id="f-other" viewBox="-52 -52 104 104"><path class="f-leaf" d="M38-40C44-6 30 24-14 30-30 4-4-36 38-40z"/><path class="f-vein" d="M-38 44C-20 18 0-4 26-28"/></symbol>
<symbol id="f-unknown" viewBox="-52 -52 104 104"><path class="f-line" d="M0-40C14-28 20-13 17 2 15 11 8 17 0 17S-15 11-17 2C-20-13-14-28 0-40z"/></symbol>
</svg>`;

const header = once((section) => {
  const root = section === "home" ? "" : "../";
  return `${SPRITE}
<a class="skip" href="#main">跳到正文</a>
<header class="top">
<div class="wrap top-row">
<a class="brand-mark" href="${root}index.html"${section === "home" ? ' aria-current="page"' : ""}>${mark("centre")}<span>${TITLE}</span></a>
<nav class="top-nav" aria-label="栏目">
<ul>${each(SECTIONS, ([name, key]) => `
<li><a href="${root}${key}/index.html"${key === section ? ' class="is-here" aria-current="true"' : ""}>${name}</a></li>`)}
</ul>
</nav>
</div>
</header>`;
});

const footer = once((root) => `<footer class="foot">
<svg class="foot-flower" viewBox="-52 -52 104 104" aria-hidden="true" focusable="false"><use href="#f-centre" x="-52" y="-52" width="104" height="104"/></svg>
<div class="wrap">
<div class="foot-grid">
<div>
<p class="foot-title">${mark("centre")}<span>${TITLE}</span></p>
<p>${h(directory.subtitle)}</p>
<p>没有查到的内容一律写待核实，查到了就补上。</p>
</div>
<nav aria-label="页脚">
<ul class="foot-links">
<li><a href="${root}positions/index.html">全部阵地</a></li>
<li><a href="${root}towns/index.html">各区镇</a></li>
<li><a href="${root}brands/index.html">党建品牌</a></li>
<li><a href="${root}tiers/index.html">三个层级</a></li>
<li><a href="${root}data/positions.geojson">数据下载</a></li>
</ul>
</nav>
<div>
<p>数据按以下许可使用 <a href="https://creativecommons.org/licenses/by/4.0/deed.zh-hans" rel="license noopener noreferrer">CC BY 4.0</a></p>
<p>区镇位置来自 <a href="https://www.geonames.org/" rel="noopener noreferrer">GeoNames</a></p>
</div>
</div>
</div>
</footer>`);

export function page(url, section, title, main, description = title) {
  const root = section === "home" ? "" : "../";
  const address = ADDRESS + url.slice(1);
  return `<!doctype html>
<html lang="zh-CN" class="no-js">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="description" content="${h(description)}">
<meta property="og:description" content="${h(description)}">
<link rel="canonical" href="${address}">
<meta property="og:url" content="${address}">
<meta property="og:type" content="website">
<meta property="og:title" content="${h(title)}">
<meta property="og:site_name" content="${TITLE}">
<meta property="og:locale" content="zh_CN">
<meta name="theme-color" content="#fffbf8" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#1c1114" media="(prefers-color-scheme: dark)">
<meta name="format-detection" content="telephone=no">
<link rel="icon" type="image/svg+xml" href="${root}assets/favicon.svg">
<link rel="stylesheet" href="${root}assets/stylesheets/main.css">
<title>${h(title)} · ${TITLE}</title>
<link rel="stylesheet" href="${root}assets/map.css">
<link rel="stylesheet" href="${root}assets/haitang.css">
</head>
<body dir="ltr">
${header(section)}
<div class="md-container" data-md-component="container">
<main class="md-main" data-md-component="main">
<div class="md-main__inner md-grid">
<span id="__skip"></span>
<div id="main" class="page" tabindex="-1">
${main}
</div>
</div>
</main>
${footer(root)}
</div>
<script src="${root}assets/site.js" defer></script>
</body>
</html>
`;
}
