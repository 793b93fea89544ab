// What people type, and what they must get: a place among the first three hits, or a chip. The browser's own test runs these
// too (tests/browser/test_search.py), so one line holds one query.

export interface Golden {
  query: string;
  /** The id of a place that must be among the first three hits. */
  hit?: string;
  /** `kind name` of a chip that must be offered. */
  chip?: string;
  /** The spelling that must be proposed. */
  nearest?: string;
}

// prettier-ignore
export const GOLDEN: readonly Golden[] = [
  // Names as they stand, from the front, further in, in parts
  { query: "陆家", hit: "lujia-zhen", chip: "town 陆家镇" },
  { query: "陆家镇", hit: "lujia-zhen", chip: "town 陆家镇" },
  { query: "家镇", hit: "lujia-zhen", chip: "town 陆家镇" },
  { query: "群服", chip: "tier 党群服务站" },
  { query: "富士康", hit: "fushikang" },
  { query: "士康", hit: "fushikang" },
  { query: "启发广场", hit: "qifa" },
  { query: "启发", hit: "qifa" },
  { query: "邹家角", hit: "qifa" },
  { query: "朝阳社区", hit: "chaoyang" },
  { query: "暖新", hit: "gongqing" },
  { query: "园心圆梦", chip: "brand 园心·圆梦" },
  { query: "暖“新”", hit: "gongqing" },
  { query: "海棠花红", hit: "park" },
  { query: "讲习所", hit: "zhouzhuang-jx" },
  { query: "先锋阵地", hit: "jingrui" },
  { query: "5G", hit: "huaxi" },
  { query: "５ｇ", hit: "huaxi" },
  { query: "中铁 A座", hit: "zhongtie" },
  // Whole syllables, with what hands and keyboards make of them
  { query: "lujia", hit: "lujia-zhen", chip: "town 陆家镇" },
  { query: "LuJia", hit: "lujia-zhen" },
  { query: "lùjiā", hit: "lujia-zhen" },
  { query: "lu jia", hit: "lujia-zhen" },
  { query: "ｌｕｊｉａ", hit: "lujia-zhen" },
  { query: "lujiazhen", hit: "lujia-zhen", chip: "town 陆家镇" },
  { query: "lujiaz", hit: "lujia-zhen" },
  { query: "fushikang", hit: "fushikang" },
  { query: "fushik", hit: "fushikang" },
  { query: "hongfushi", hit: "fushikang", chip: "brand 红富士" },
  { query: "qifaguangchang", hit: "qifa" },
  { query: "lvdi", hit: "lvdi" },
  { query: "ludi", hit: "lvdi" },
  { query: "lüdi", hit: "lvdi" },
  { query: "lin'an", hit: "lin-an" },
  { query: "huaqiao", chip: "town 花桥镇" },
  { query: "jiangxisuo", hit: "zhouzhuang-jx" },
  { query: "changjiang", hit: "changjiang" },
  { query: "changxingli", hit: "zhangjia" },
  { query: "zhangpu", chip: "town 张浦镇" },
  // First letters, also of two and mixed with syllables
  { query: "lj", hit: "lujia-zhen", chip: "town 陆家镇" },
  { query: "ljz", hit: "lujia-zhen", chip: "town 陆家镇" },
  { query: "fsk", hit: "fushikang" },
  { query: "hfs", chip: "brand 红富士" },
  { query: "zysq", hit: "chaoyang" },
  { query: "cysq", hit: "chaoyang" },
  { query: "chysq", hit: "chaoyang" },
  { query: "zhysq", hit: "chaoyang" },
  { query: "qfgc", hit: "qifa" },
  { query: "luj", hit: "lujia-zhen" },
  { query: "ljzhen", hit: "lujia-zhen", chip: "town 陆家镇" },
  { query: "dsh", chip: "town 淀山湖镇" },
  { query: "hxsz", hit: "shanzhu", chip: "brand 恒心善筑" },
  // Towns by their full names, services, facilities, brands, tiers
  { query: "玉山镇", chip: "town 昆山高新区" },
  { query: "yushan", chip: "town 昆山高新区" },
  { query: "花桥经济开发区", chip: "town 花桥镇" },
  { query: "义诊", hit: "nangang", chip: "service 健康义诊" },
  { query: "yizhen", chip: "service 健康义诊" },
  { query: "助餐", hit: "shibei", chip: "service 老年助餐" },
  { query: "母婴室", hit: "shipu", chip: "facility 母婴室" },
  { query: "wzatd", hit: "changjiang", chip: "facility 无障碍通道" },
  { query: "厕所", hit: "jinxi-gz", chip: "facility 公共厕所" },
  { query: "红富士", hit: "fushikang", chip: "brand 红富士" },
  { query: "圆梦", hit: "huaxi", chip: "brand 园心·圆梦" },
  { query: "服务站", chip: "tier 党群服务站" },
  // Telephone numbers and addresses
  { query: "00557788", hit: "chaoyang" },
  { query: "0512-00003111", hit: "lujia-zhen" },
  { query: "3111", hit: "lujia-zhen" },
  { query: "样例大道", hit: "zhongtie" },
  { query: "大道88号", hit: "zhongtie" },
  // Several terms
  { query: "陆家 社区", hit: "chetang" },
  { query: "陆家lj", hit: "lujia-zhen" },
  { query: "花桥zt", hit: "zhongtie" },
  { query: "张浦 义诊", hit: "nangang" },
  { query: "yushan shequ", hit: "changjiang" },
  { query: "高新区 母婴室", hit: "changjiang" },
  { query: "陆家社区", hit: "chetang" },
  { query: "朝阳服务站", hit: "chaoyang" },
  { query: "张浦社区义诊", hit: "nangang" },
  { query: "yushanshequ", hit: "changjiang" },
  // Slips: letters swapped, lost, doubled; characters of the same sound or look; sounds not told apart
  { query: "lujai", hit: "lujia-zhen", nearest: "陆家镇" },
  { query: "fushikagn", hit: "fushikang", nearest: "富士康" },
  { query: "fusikang", hit: "fushikang" },
  { query: "hongfusih", chip: "brand 红富士", nearest: "红富士" },
  { query: "huaqaio", chip: "town 花桥镇" },
  { query: "红富土", hit: "fushikang", chip: "brand 红富士", nearest: "红富士" },
  { query: "路家", hit: "lujia-zhen", nearest: "陆家镇" },
  { query: "付士康", hit: "fushikang" },
  { query: "富康士", hit: "fushikang", nearest: "富士康" },
  { query: "启发广长", hit: "qifa", nearest: "启发广场" },
  { query: "chetan", hit: "chetang" },
  { query: "langan", hit: "nangang" },
  { query: "sipu", hit: "shipu" },
  { query: "cangxinli", hit: "zhangjia" },
  { query: "潮阳社区", hit: "chaoyang", nearest: "朝阳社区" },
  { query: "jinxizen", chip: "town 锦溪镇" },
  // Closed places are found, last
  { query: "朝阳社区老", hit: "chaoyang-old" },
  { query: "柏庐", hit: "merged" },
];
