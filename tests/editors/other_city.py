"""Names of places as another city has them: invented, but put together as real ones are."""

import random
from collections.abc import Iterator

_NATURE = (
    "光明 和平 新华 幸福 东风 胜利 长江 黄河 青山 绿水 红旗 朝阳 兴隆 永安 泰和 金桥 银杏 紫云 白鹭 锦绣 "
    "华泰 翠湖 龙湾 凤凰 梧桐 望江 临江 滨河 上塘 下塘 石桥 杨家桥 李家浜 沈师桥 三里墩 五里牌 八字桥 "
    "吕巷 长乐 重华 行知 朝晖 乐安 单家 仇家 解放 曾家湾 盛泽 厦门路"
).split()
_KINDS = (
    "村 社区 花园 新村 广场 大厦 产业园 小区 家园 苑 工业园 科技园 街道 集团 路 街 公园 商城 服务区 片区 "
    "号 学校 医院 居委会 物流园 名苑 国际"
).split()
_TAILS = (
    "党群服务中心 党群服务站 党群服务点 先锋驿站 红色驿站 暖蜂驿站 党群服务枢纽 驿站 服务站 "
    "新就业群体党群服务中心 党群中心 便民服务点 综合服务中心 党员活动站 党建阵地 “红色港湾” "
    "暖“新”驿站"
).split()
_BEFORE = ("",) * 12 + ("滨海市", "滨海经济开发区", "临江区", "🎉", "★", "【新】", "1.", "昆山市")
_AFTER = ("",) * 14 + ("（筹）", "(筹建中)", "（试运行）", "🏠", "（二期）", "3号楼", "A座", "（3号楼2楼）", "2号")


def names(count: int, seed: int = 18) -> list[str]:
    """As many different names."""
    chance = random.Random(seed)
    return list(dict.fromkeys(name for _, name in zip(range(count * 3), _names(chance), strict=False)))[:count]


def _names(chance: random.Random) -> Iterator[str]:
    while True:
        own = "".join(chance.sample(_NATURE, chance.choice((1, 1, 2, 2, 3))))
        inner = chance.choice(("", "", "", chance.choice(_NATURE) + chance.choice(_KINDS)))
        parts = (chance.choice(_BEFORE), own, chance.choice(_KINDS), inner, chance.choice(_TAILS), chance.choice(_AFTER))
        yield "".join(parts)
