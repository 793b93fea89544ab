"""Chinese names in Latin letters."""

import pytest

from haitang.site.languages.romanised import romanised


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("小林", "Xiaolin"),
        ("启发广场", "Qifa Guangchang"),
        ("启发广场党群服务点", "Qifa Guangchang Dangqun Fuwu Dian"),
        ("陆家镇", "Lujia Zhen"),
        ("玉山镇（昆山高新区）", "Yushan Zhen (Kunshan Gaoxinqu)"),
        ("姑苏区虎丘街道", "Gusu Qu Huqiu Jiedao"),
        ("富士康集团党群服务站", "Fushi Kang Jituan Dangqun Fuwu Zhan"),
        ("样例公园", "Yangli Gongyuan"),
        ("绿地", "Lüdi"),
        ("女子学堂", "Nüzi Xuetang"),
        ("“红周到”品牌", "“Hongzhoudao” Pinpai"),
        ("24小时图书馆", "24 Xiaoshi Tushuguan"),
        ("A座党群服务站", "A Zuo Dangqun Fuwu Zhan"),
        ("Wi-Fi室", "Wi-Fi Shi"),
        ("前进中路", "Qianjin Zhong Lu"),
        ("Armley Library", "Armley Library"),
        ("", ""),
    ],
)
def test_names(name: str, said: str) -> None:
    assert romanised(name) == said


def test_as_an_editor_says_it_is_read() -> None:
    assert romanised("朝阳门", "chao yang men") == "Chaoyangmen"
    assert romanised("样例朝阳站", "zhao yang", "朝阳") == "Yangli Zhaoyang Zhan"
