"""What chats leave in a text that is copied from them: who wrote it and when, words for pictures, codes of little faces.

The rule: a time behind a word may be a programme's (晨练 06:30); only with a day, with seconds, or behind a person it is a
chat's.
"""

import re

from haitang.model.written.persons import GIVEN, SURNAME

_B = r"[ \t\u3000]"
# Who wrote it, and when. `周六 9:00` is none.
_DAY = r"(?:(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?|昨天|今天|前天|(?:星期|周)[一二三四五六日天])"
_HOUR = rf"(?:上午|下午|晚上|凌晨|中午)?{_B}*\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?"
_NO_NAME = r"(?!周|星期|每|工作日|节假日|法定|平时|早|晚|上午|下午|中午|夏|冬|春|秋|\d)"
# A line of a text that is known to come from a chat.
CHAT_LINE = re.compile(
    rf"(?:\[[^\[\]]{{1,40}}\]|{_NO_NAME}[^\s:：，。；]{{1,30}}){_B}*[:：]?{_B}+(?:{_DAY}{_B}*)?{_HOUR}"
    rf"|\[[^\[\]]*{_HOUR}\]{_B}*\S{{0,30}}"
)
_WHOLE_DAY = r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|昨天|前天)"
_SECONDS = r"\d{1,2}[:：]\d{2}[:：]\d{2}"
_CALLED = "老师|阿姨|叔叔|大姐|姐|哥|总|工|某|主任|书记|站长|医生"
_PERSON = rf"(?:(?:{SURNAME}){GIVEN}{{1,2}}|[小老阿](?:{SURNAME})|(?:{SURNAME})(?:{_CALLED}))"
_SENDER = rf"{_NO_NAME}(?:[^\s:：，。；()（）]{{1,20}}(?:[(（][^()（）]{{1,40}}[)）])?)"
_RULE = r"[-—–=─_*~·＝ \t\u3000]*"
# A line that is nothing but a chat's, wherever it stands.
_HEADS = (
    rf"(?:{_SENDER}{_B}+){{1,3}}(?:{_DAY}{_B}*)?{_SECONDS}",
    rf"[^\s:：，。；]{{0,16}}?{_PERSON}{_B}+{_WHOLE_DAY}{_B}*{_HOUR}",
    rf"(?:\[[^\[\]]{{1,20}}\]{_B}*)?(?!高峰|金秋|周[一二三四五六日末]){_PERSON}{_B}*[:：]?{_B}+(?:{_DAY}{_B}*)?"
    rf"{_HOUR}",
    rf"(?:昨天|前天){_B}*{_HOUR}",
    rf"{_RULE}(?:以[下上](?:为|是)?)?{_B}*(?:合并)?转发(?:的|自)?(?:消息|内容|聊天记录|微信|群聊)?[:：]?{_RULE}",
    rf"{_RULE}(?:群聊|聊天|.{{1,20}}[和与].{{1,20}})的?聊天记录{_B}*{_RULE}",
    rf"{_RULE}以[下上](?:为|是)?(?:聊天记录|历史消息|新消息){_B}*[:：]?{_RULE}",
)
_HEAD_LINE = rf"^[ \t]*(?:{'|'.join(_HEADS)})[ \t]*$"
_FORWARDED = r"[【\[［](?:转|转发|转载|转自群聊|群发|转发自[^】\]］]{1,20})[】\]］]|^[ \t]*(?:[（(]转发?[)）]|转发[:：])[ \t]*"
_MEDIA = "图片 照片 视频 文件 语音 链接 位置 聊天记录 小程序 动画表情 表情 红包 微信红包 转账 名片 音乐 视频号 通话 拍了拍"
_FACES = (
    "微笑 撇嘴 色 发呆 得意 流泪 害羞 闭嘴 睡 大哭 尴尬 发怒 调皮 呲牙 惊讶 难过 酷 冷汗 抓狂 吐 偷笑 可爱 愉快 白眼 "
    "傲慢 饥饿 困 惊恐 流汗 憨笑 悠闲 大兵 奋斗 咒骂 疑问 嘘 晕 疯了 折磨 衰 骷髅 敲打 再见 擦汗 抠鼻 鼓掌 糗大了 "
    "坏笑 左哼哼 右哼哼 哈欠 鄙视 委屈 快哭了 阴险 亲亲 吓 可怜 菜刀 西瓜 啤酒 篮球 乒乓 咖啡 饭 猪头 玫瑰 凋谢 嘴唇 "
    "示爱 爱心 心碎 蛋糕 闪电 炸弹 刀 足球 瓢虫 便便 月亮 太阳 礼物 拥抱 强 弱 握手 胜利 抱拳 勾引 拳头 差劲 爱你 NO "
    "OK 爱情 飞吻 跳跳 发抖 怄火 转圈 磕头 回头 跳绳 投降 激动 乱舞 献吻 左太极 右太极 嘿哈 捂脸 奸笑 机智 皱眉 耶 "
    "红包 福 吃瓜 加油 加油加油 汗 天啊 Emm 社会社会 旺柴 好的 打脸 哇 翻白眼 666 让我看看 叹气 苦涩 裂开 庆祝 合十 "
    "笑脸 生病 破涕为笑 恐惧 脸红 无语 失望 礼花 烟花 爆竹 比心 心 赞 点赞 鲜花 花 鬼脸 送花花 给力 话筒 蜡烛 太开心 "
    "哈哈 嘻嘻 笑哭 笑cry doge 二哈 允悲 跪了"
)
_CODES = rf"(?:[\[［](?:{'|'.join(sorted({*_MEDIA.split(), *_FACES.split()}, key=lambda word: (-len(word), word)))})[\]］])+"
LEFT_BY_CHATS = re.compile(f"{_HEAD_LINE}|{_FORWARDED}|{_CODES}", re.MULTILINE)
# Pictures as forges and pages write them, and where forges keep them.
PICTURE = re.compile(
    r"!\[[^\]\n]{0,200}\]\([^)\s]{0,500}\)|</?(?:img|video|picture|figure)\b[^>\n]{0,600}>"
    r"|https?://github\.com/(?:user-attachments|[\w.-]+/[\w.-]+/assets)/[\w./-]+",
    re.IGNORECASE | re.ASCII,
)
