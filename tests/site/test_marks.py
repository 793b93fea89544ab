"""Chinese on a page in another language says that it is Chinese."""

import pytest

from haitang.site.languages.marks import marked


@pytest.mark.parametrize(
    ("html", "right"),
    [
        ("<p>Open</p>", "<p>Open</p>"),
        ("<p>启发广场</p>", '<p lang="zh-CN">启发广场</p>'),
        ('<p class="aka">前进路 1 号（东门）</p>', '<p class="aka" lang="zh-CN">前进路 1 号（东门）</p>'),
        ("<p>Also called 大书房</p>", '<p>Also called <span lang="zh-CN">大书房</span></p>'),
        ("<p>Also called 大书房, 小书房</p>", '<p>Also called <span lang="zh-CN">大书房, 小书房</span></p>'),
        ("<p>大书房 <b>12</b></p>", '<p><span lang="zh-CN">大书房</span> <b>12</b></p>'),
        ("<ul><li>雨伞<li>轮椅</ul>", '<ul><li lang="zh-CN">雨伞<li lang="zh-CN">轮椅</ul>'),
        ("<p><b>3</b> 家</p>", '<p><b>3</b> <span lang="zh-CN">家</span></p>'),
        ("<script>var a='中文'</script><p>x</p>", "<script>var a='中文'</script><p>x</p>"),
        ("<title>Library 图书馆</title>", '<title lang="zh-CN">Library 图书馆</title>'),
        ("<text x=1>禾城</text>", '<text x=1 lang="zh-CN">禾城</text>'),
        ('<a lang="zh-CN">中文</a>', '<a lang="zh-CN">中文</a>'),
        ('<a aria-label="禾城">Hecheng</a>', '<a aria-label="禾城">Hecheng</a>'),
        ("<p>Wi-Fi 无线网</p>", '<p>Wi-Fi <span lang="zh-CN">无线网</span></p>'),
        ("<p>第一行<br>第二行</p>", '<p><span lang="zh-CN">第一行</span><br><span lang="zh-CN">第二行</span></p>'),
        ("a &amp; 书", 'a &amp; <span lang="zh-CN">书</span>'),
    ],
)
def test_marks(html: str, right: str) -> None:
    assert marked(html) == right
    assert marked(right) == right
