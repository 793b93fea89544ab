"""Values that are no free texts, as odd as they may be: what the check takes of them, the build must take too."""

from collections.abc import Mapping

# By kind of a field; what the check refuses in some field is put back there.
OF_KIND: Mapping[str, tuple[str, ...]] = {
    "number": ("0", "-0", "0.00000000000000001", "999999999", "-999999999", "1000000", "100", "1", "0.5", "3.14159265358979"),
    "yes-no": ("是", "否", "TRUE", "off"),
    "day": ("1900-01-01", "9999-12-31", "2026-01-02", "2026-01-01", "2024-02-29", "2100-01-01", "2999-12-31"),
    "date": ("1900", "9999", "9999-12-31", "9999-12", "1900-01-01", "2026", "2026-01", "2026-01-02", "2000-02-29", "2025年3月"),
    "colour": ("#000000", "#ffffff", "#FF00ff"),
    "url": (
        "http://a.bc", "https://a.bc:0", "https://a.bc:99999/", "https://a.bc/?", "https://a.bc/#", "https://a.bc?a=1&b=2&lt;c",
        "https://a.bc/&quot;&#34;&gt;", "https://a.bc/%22%3E%00%ff%", "https://a.bc/../../x", "https://a.bc//e.e/x?u=//e.e#/x",
        "https://a.bc/$&$1;,()*!~@:[]", "HTTPS://A.BC/X", "https://xn--fiqs8s.cn/", "https://-._.a.bc/", "https://_.cn/=@+-",
        "https://a.bc/javascript:x()", "https://a.bc/" + "x" * 480, "https://a.bc/中文?问=答", "https://github.com/",
        "https://github.com/o", "https://github.com/o/r.git", "https://github.com/o/r/", "https://a.bc/o/r?x=1#y",
        "https://a.bc/positions/p1.html", "https://example.org", "https://a.bc/;x=y", "https://a.bc/./%2e%2e/", "http://a.b.cn:80",
    ),
    "phone": ("0512-00000001", "4000000000", "400-000-0001", "8001234567", "12345", "110", "95598", "010-12345678-123456"),
    "hours": (
        "每天 09:00-17:00", "全天", "每天 00:00-24:00", "周一至周五 08:30-11:30, 13:00-17:00；周六 09:00-12:00；周日休息",
        "法定节假日休息", "周一 23:00-次日02:00", "每天 9:00-9:01",
        "夏令时（5月1日至9月30日）每天 09:00-18:00；冬令时 09:00-17:00",
    ),
    "when": (
        "每周三 14:00-16:00", "2026-01-02 09:00", "9999-12-31 09:00", "每月第一个周六 09:00", "每天 00:00-24:00", "1900-01-01",
        "每月31日 09:00-10:00", "2024-02-29 23:59", "每周一、三、五 18:30-20:00，2026-02-01 起",
        "2026-01-01 至 2026-12-31 每周二 09:00",
    ),
    "id": ("constructor", "0", "00", "a--b", "xn--a", "x" * 64, "valueof", "e-mail", "null", "true", "1e3", "0x1", "week"),
}  # fmt: skip
OF_PATH: Mapping[str, tuple[str, ...]] = {
    "settings.map.tiles.url": (
        "https://{x}.a.bc/{y}/{z}", "https://a.bc:8080/{z}/{x}/{y}.png?k=1&l=2", "a/{x}{y}{z}", "https://{z}{x}{y}.a.bc/",
        "a/../../{z}/{x}/{y}.png", "https://a.bc/{z}/{x}/{y};';script-src'", "-/{z}/{x}/{y}", "https://a-{z}.b{x}.cc/{y}",
    ),
    "settings.timezone": ("Asia/Shanghai", "UTC", "America/St_Johns", "Pacific/Kiritimati", "Asia/Kathmandu"),
    "settings.repository.branch": (
        "main", "-", "..", "a/b", "a b", "#", "?x=1", "%2e%2e", "HEAD", "&x=1", "{0}", "主干", "a'b\"c",
    ),
    "settings.identity.email": ("a@example.org", "a.b+c_d-e@a-.bc", "0@0.cn", "A@EXAMPLE.ORG"),
    "settings.contact.mail": ("a@example.org", "a+b@c.de", "x" * 64 + "@a.bc"),
    "settings.area_code": ("0512", "010", "021", "0999"),
    "settings.halls.night": ("21:30-07:00", "00:00-23:59", "23:59-00:00", "7:00~8:00"),
    "settings.halls.staff_pin": ("0000", "00000000", "9999"),
    "settings.holidays.year": ("2027年", "2027"),
    "settings.production": ("是", "否"),
    "settings.offline": ("是", "否"),
    "position.status": ("open", "paused", "upgrading", "planned"),
    "position.parent": ("p2",),
    "position.pinyin": ("pu tong", "ā"),
}  # fmt: skip
