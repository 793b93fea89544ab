"""Hosts that look like others are remarked: haitang.checks.lint.homographs."""

import re
from pathlib import Path

import pytest

from haitang.checks.lint.homographs import OFFICIAL, alike, lookalike, shown, skeleton
from tests.conftest import problems_of

QIFA = "positions/lujia/qifa-guangchang.yml"


def puny(host: str) -> str:
    return ".".join(part if part.isascii() else f"xn--{part.encode('punycode').decode()}" for part in host.split("."))


@pytest.mark.parametrize(
    ("seen", "official"),
    [
        ("www.ks.gоv.cn", "ks.gov.cn"), ("gоv.cn", "gov.cn"), ("gıthub.com", "github.com"), ("githυb.com", "github.com"),
        ("ɡitee.com", "gitee.com"), ("bаіdu.com", "baidu.com"), ("bäidu.com", "baidu.com"), ("baıdu.com", "baidu.com"),
        ("12371.сn", "12371.cn"), ("мp.weixin.qq.com", "mp.weixin.qq.com"), ("weixin.qq.соm", "weixin.qq.com"),
        ("хuexi.cn", "xuexi.cn"), ("ресо.cn", None), ("аррӏе.com", None), ("ks一gov.cn", None), ("lujia丨a.cn", None),
        ("昆山а.cn", None), ("ｇｏｖ.cn", "gov.cn"), ("gi十hub.com", "github.com"), ("бaidu.com", "baidu.com"),
        ("مثال.com", None),
    ],
)  # fmt: skip
def test_a_homograph_is_told(seen: str, official: str | None) -> None:
    told = lookalike(puny(seen))
    assert told is not None and told.get("guess") == official and told["shown"] == seen


@pytest.mark.parametrize(
    "seen", ["昆山.中国", "www.昆山发布.cn", "十.cn", "一点.cn", "昆山1.cn", "昆山一中.cn", "ks一中.cn", "中国.com"]
)
def test_a_chinese_host_is_none(seen: str) -> None:
    assert lookalike(puny(seen)) is None


def test_official_hosts_look_like_nothing_but_themselves() -> None:
    assert len({skeleton(host) for host in OFFICIAL}) == len(OFFICIAL)
    assert shown("xn--99999999999.com") == "?"


def test_of_two_the_one_that_is_led_to_less_often_is_told() -> None:
    true, false = puny("昆山日报.cn"), puny("昆山曰报.cn")
    assert [(at, told["guess"]) for at, told in alike([false, true, "a.cn", true])] == [(0, true)]
    assert [at for at, _ in alike(["lujia-x.cn", puny("lujia一x.cn"), puny("lujia一x.cn")])] == [1, 2]
    assert [*alike([true, f"www.{true}", puny("昆山.中国")])] == []


@pytest.mark.parametrize(
    ("one", "other", "guess"),
    [
        ("www.example.org", puny("www.ехample.org"), None),  # told by itself already
        (puny("昆山日报.cn"), puny("昆山曰报.cn"), puny("昆山日报.cn")),
        (puny("昆山.中国"), puny("昆山.中国"), "none"),
    ],
)
def test_hosts_of_one_directory_are_compared(one: str, other: str, guess: str | None, root: Path) -> None:
    for file, hosts in ((root / QIFA, (one, one)), (root / "brands" / "hongfushi.yml", (other,))):
        text = re.sub(r"(?m)^ +url: .*\n", "", file.read_text("utf-8"))
        sources = "".join(f"  - title: 报道{at}\n    url: https://{host}/a\n" for at, host in enumerate(hosts))
        file.write_text(text.replace("sources:\n", f"sources:\n{sources}", 1), "utf-8")
    told = [problem for problem in problems_of(root) if problem.code == "link-lookalike"]
    assert [(problem.place.file, problem.values.get("guess")) for problem in told] == (
        [] if guess == "none" else [("brands/hongfushi.yml", guess)]
    )
