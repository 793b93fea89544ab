(window.HAITANG=window.HAITANG||{}).stories={"row":"0","text":"第一段，有 \u003cb\u003e标签\u003c/b\u003e 和 \u0026 符号。 第二行。 第二段 加粗，[不是链接](javascript:alert(1))。 一 二 党员"};
